create function stock_changed() returns trigger language plpgsql as $$
begin
  insert into stock_movement (book_id, change, quantity_after)
  values (new.book_id, new.quantity - old.quantity, new.quantity);
  return null;
end $$;

create trigger stock_changed after update on stock
for each row execute function stock_changed()
