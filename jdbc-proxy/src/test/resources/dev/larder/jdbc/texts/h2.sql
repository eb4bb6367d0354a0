-- by key
select * from customer where id = ?

select c.id, c.name, c.email from customer c where c.email = ?

select name from customer where id in (?, ?, ?)

select name from customer where id = any (?)

select o.* from orders o where o.customer_id = ? and o.status = 'open' order by o.placed desc limit 10

select l.quantity from order_line l where (l.order_id, l.line) = (?, ?)

select exists (select 1 from orders where customer_id = ?)

select "Note" from orders where id = ?

select count(*) from orders where customer_id = ?

select 1 from dual where exists (select 1 from customer where id = ?)

select ifnull(max(id), 0) + 1 from orders

-- by an ORM
select c1_0.id, c1_0.active, c1_0.balance, c1_0.email, c1_0.name from customer c1_0 where c1_0.id = ?

select p1_0.id, p1_0.title, c1_0.id, c1_0.name from product p1_0 left join category c1_0 on c1_0.id = p1_0.category_id where p1_0.id = ?

select o1_0.customer_id, o1_0.id, o1_0.total from orders o1_0 where array_contains(?, o1_0.customer_id) order by o1_0.id

select c1_0.id, c1_0.name from customer c1_0 where upper(c1_0.name) like upper(?) escape '\'

select c1_0.id from customer c1_0 order by c1_0.id offset ? rows fetch first ? rows only

select distinct c1_0.id, c1_0.name from customer c1_0 join orders o1_0 on c1_0.id = o1_0.customer_id where o1_0.total > ?

select count(c1_0.id) from customer c1_0 where c1_0.active = true

select t.id from (select c.id, row_number() over (order by c.name) as rn from customer c) t where t.rn <= ?

select this_.id as id1_0_0_, this_.name as name2_0_0_ from customer this_ where this_.name like ? order by this_.id asc limit ?

-- JOIN
select c.name, count(o.id) from customer c left join orders o on o.customer_id = c.id group by c.id, c.name having count(o.id) > 1

select c.name, o.id from customer c, orders o where o.customer_id = c.id and c.id = ?

select c.name, m.name from customer c left outer join customer m on m.id = c.manager_id

select c.name, x.name from customer c right join country x on x.code = c.country

select * from orders natural join order_line

select p.title, s.pieces from product p join sold s on s.product_id = p.id where s.pieces > 10 order by s.pieces desc

select a.id, b.id from product a inner join product b on a.category_id = b.category_id and a.id < b.id

select o.id, l.line from orders o join order_line l on l.order_id = o.id where o.id = ?

-- subquery
select name from customer c where exists (select 1 from orders o where o.customer_id = c.id and o.total > 100)

select name from customer where id not in (select customer_id from orders where status = 'open')

select title from product where price > all (select price from product where category_id = 1)

select name, (select max(placed) from orders o where o.customer_id = c.id) as latest from customer c

select t.status, t.n from (select status, count(*) as n from orders group by status) t where t.n > 1

-- WITH
with recent as (select * from orders where placed > ?) select customer_id, sum(total) from recent group by customer_id

with recursive tree (id, parent_id, name) as (select id, parent_id, name from category where parent_id is null union all select c.id, c.parent_id, c.name from category c join tree t on t.id = c.parent_id) select * from tree

-- aggregate and window
select status, count(*), sum(total), avg(total), min(placed), max(placed) from orders group by status

select count(*) filter (where active) as active, count(*) as everybody from customer

select listagg(name, ', ') within group (order by name) from customer

select string_agg(name, ', ' order by name) from customer

select array_agg(id order by id) from product

select json_arrayagg(name order by name), json_objectagg(key name value id) from customer

select percentile_cont(0.5) within group (order by total), median(total) from orders

select id, sum(total) over (partition by customer_id order by placed rows between unbounded preceding and current row) from orders

select id, rank() over w, ntile(4) over w from orders window w as (order by total desc)

select id, lag(total, 1, 0) over (order by placed), lead(total) over (order by placed) from orders

select distinct on (customer_id) customer_id, id, placed from orders order by customer_id, placed desc

select stddev_samp(total), var_pop(total), bit_or_agg(id), every(total > 0) from orders

select id, total from orders qualify row_number() over (partition by customer_id order by placed) = 1

select top 5 id from orders order by total desc

-- set operation
select id from customer union select customer_id from orders

select id from customer union all select customer_id from orders order by 1 fetch first 20 rows only

select id from customer intersect select customer_id from orders

select id from customer except select customer_id from orders

values (1, 'one'), (2, 'two')

table country

(select id from customer order by id limit 1) union all (select id from orders order by id limit 1)

-- text
select name from customer where name like 'A%' or name ilike '%b%'

select name from customer where name regexp '^[A-C]' and nick = 'anna'

select upper(name), length(name), substring(name from 1 for 3), position('a' in name), left(name, 2) from customer

select name || ' <' || email || '>', concat_ws(',', name, email), lpad(name, 10, '.'), trim(both ' ' from name) from customer

select regexp_replace(name, '[0-9]+', ''), replace(name, 'a', 'b'), soundex(name), instr(name, 'a'), insert(name, 1, 1, 'x') from customer

select name from customer where name = 'O''Neil' or name = U&'\0041nna' or name = $$it's$$

select rawtohex(digest), octet_length(digest), translate(title, 'abc', 'xyz') from product where id = ?

-- number
select round(price, 1), ceil(price), floor(price), mod(id, 3), power(id, 2), sqrt(id), truncate(price, 1) from product

select price * 1.19, id / 2, id % 2, bitand(id, 1), bitor(id, 2), bitxor(id, 3), -price from product

select greatest(price, 10), least(price, 10), nullif(price, 0), coalesce(price, 0), nvl2(category_id, 1, 0) from product

select cast(price as integer), convert(price, varchar), price::varchar, decode(id, 1, 'a', 'b') from product

-- date
select date_trunc('month', placed) as m, sum(total) from orders group by m order by m

select extract(year from placed), year(placed), day_of_week(placed), quarter(placed), monthname(placed) from orders

select id from orders where placed between ? and ?

select id from orders where placed >= date '2026-01-01' and placed < date '2026-01-01' + interval '1' month

select dateadd('DAY', 7, placed), datediff('DAY', date '2026-01-01', placed), timestampdiff(hour, placed, timestamp '2026-01-01 00:00:00') from orders

select formatdatetime(placed, 'yyyy-MM-dd'), parsedatetime('2026-01-31', 'yyyy-MM-dd') from orders

select opens, extract(hour from opens) from customer where opens between time '08:00:00' and time '18:00:00'

select id from orders where placed > {ts '2026-01-01 00:00:00'} and {fn year(placed)} = 2026

select last_seen at time zone 'Europe/Berlin' from customer where id = ?

-- JSON and types
select json_object('id': id, 'name': name), json_array(id, name) from customer

select tags, tags[1], cardinality(tags) from customer where array_contains(tags, 'vip')

select mood, count(*) from customer where mood > 'sad' group by mood

select uid from product where uid = ?

select picture, description from product where id = ?

select gross from product where gross > 100

select (id, name) = (1, 'x') from customer

select u.x from unnest(array[1, 2, 3]) u(x) join product p on p.id = u.x

-- view
select * from open_orders where customer_id = ?

select pieces from sold where product_id = ?

-- condition
select id from customer where active is true and email is not null and balance is distinct from 0

select id from customer where not (name like 'a%' or country in ('DE', 'FR'))

select id from product where price not between 10 and 20 order by price desc nulls last

select id, case country when 'DE' then 1 when 'FR' then 2 else 3 end as r from customer order by r

select casewhen(active, 1, 0) from customer

select id from customer where active = true is not false

-- comment
select name from customer where id = ? -- application=shop

/* traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' */ select name from customer where id = ?
