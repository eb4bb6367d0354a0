-- Run after the rows are in: building an index once is cheaper than keeping it up to date.

create index book_author_of on book_author (author_id);

create index book_category_of on book_category (book_id);

create index stock_movement_of on stock_movement (book_id, id);

create index address_of on address (customer_id);

create index orders_of on orders (customer_id, id);

create index order_line_of on order_line (book_id, quantity);

create index review_of on review (book_id, stars);

create index review_by on review (customer_id);

analyze
