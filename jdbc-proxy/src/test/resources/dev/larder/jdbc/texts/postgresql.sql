-- by key
select * from customer where id = ?

select c.id, c.name, c.email from customer c where c.email = ?

select name from customer where id in (?, ?, ?)

select name from customer where id = any (?)

select name from customer where id <> all (?)

select id from product where sku = any (array['a', 'b'])

select o.* from orders o where o.customer_id = ? and o.status = 'open' order by o.placed desc limit 10

select l.order_id, l.line, l.quantity from order_line l where (l.order_id, l.line) = (?, ?)

select l.quantity from order_line l where (l.order_id, l.line) in ((1, 1), (1, 2))

select 1 from customer where email = lower(?) limit 1

select exists (select 1 from orders where customer_id = ?)

select "Note" from orders where id = ?

select count(*) from orders where customer_id = ?

select coalesce(max(id), 0) from orders

-- by an ORM
select c1_0.id, c1_0.active, c1_0.balance, c1_0.country, c1_0.email, c1_0.joined, c1_0.name from customer c1_0 where c1_0.id = ?

select p1_0.id, p1_0.title, c1_0.id, c1_0.name from product p1_0 left join category c1_0 on c1_0.id = p1_0.category_id where p1_0.id = ?

select o1_0.customer_id, o1_0.id, o1_0.total from orders o1_0 where o1_0.customer_id = any (?) order by o1_0.id

select c1_0.id, c1_0.name from customer c1_0 where upper(c1_0.name) like upper(?) escape '\'

select c1_0.id from customer c1_0 order by c1_0.id offset ? rows fetch first ? rows only

select distinct c1_0.id, c1_0.name from customer c1_0 join orders o1_0 on c1_0.id = o1_0.customer_id where o1_0.total > ?

select count(distinct c1_0.id) from customer c1_0 where c1_0.active = true

select t.id from (select c.id, row_number() over (order by c.name) as rn from customer c) t where t.rn <= ?

select c1_0.id, case when c1_0.active then 'yes' else 'no' end from customer c1_0

select this_.id as y0_, this_.name as y1_ from customer this_ where (this_.name like ? and this_.active = ?)

-- JOIN
select c.name, count(o.id) from customer c left join orders o on o.customer_id = c.id group by c.name having count(o.id) > 1

select c.name, o.id from customer c, orders o where o.customer_id = c.id and c.id = ?

select c.name, m.name from customer c left outer join customer m on m.id = c.manager_id

select c.name, x.code from customer c right join country x on x.code = c.country

select c.id, o.id from customer c full outer join orders o on o.customer_id = c.id

select email, region from customer join country on country = code where id = ?

select * from orders natural join order_line

select o.id, l.line from orders o join order_line l on l.order_id = o.id where o.id = ?

select c.name, latest.id from customer c cross join lateral (select o.id from orders o where o.customer_id = c.id order by o.placed desc limit 1) latest

select p.title, s.pieces from product p join sold s on s.product_id = p.id where s.pieces > 10 order by s.pieces desc

select a.id, b.id from product a join product b on a.category_id = b.category_id and a.id < b.id

-- subquery
select name from customer c where exists (select 1 from orders o where o.customer_id = c.id and o.total > 100)

select name from customer c where not exists (select from orders o where o.customer_id = c.id)

select name from customer where id in (select customer_id from orders where status = 'open')

select name, (select count(*) from orders o where o.customer_id = c.id) as orders from customer c

select title from product where price > (select avg(price) from product)

select title from product where price >= all (select price from product where category_id = 1)

select o.id from orders o where o.total = (select max(total) from orders x where x.customer_id = o.customer_id)

-- WITH
with recent as (select * from orders where placed > ?) select customer_id, sum(total) from recent group by customer_id

with recursive tree as (select id, parent_id, name, 1 as depth from category where parent_id is null union all select c.id, c.parent_id, c.name, t.depth + 1 from category c join tree t on t.id = c.parent_id) select * from tree order by depth

with a as materialized (select id from customer where active), b as not materialized (select customer_id from orders) select count(*) from a join b on b.customer_id = a.id

with recursive n (i) as (select 1 union all select i + 1 from n where i < 10) select i, o.id from n left join orders o on o.id = i

with recursive up as (select id, parent_id from category where id = ? union select c.id, c.parent_id from category c join up on c.id = up.parent_id) cycle id set looped using path select id from up

-- aggregate and window
select status, count(*), sum(total), avg(total), min(placed), max(placed) from orders group by status

select count(*) filter (where active) as active, count(*) as everybody from customer

select string_agg(name, ', ' order by name) from customer

select array_agg(id order by id) from product

select jsonb_agg(to_jsonb(p) - 'picture') from product p

select json_build_object('id', id, 'name', name) from customer where id = ?

select percentile_cont(0.5) within group (order by total) from orders

select mode() within group (order by status) from orders

select customer_id, status, sum(total) from orders group by grouping sets ((customer_id), (status), ())

select customer_id, status, grouping(status), sum(total) from orders group by rollup (customer_id, status)

select category_id, sku, count(*) from product group by cube (category_id, sku)

select id, total, sum(total) over (partition by customer_id order by placed rows between unbounded preceding and current row) from orders

select id, rank() over w, dense_rank() over w from orders window w as (order by total desc)

select id, lag(total, 1, 0) over (order by placed), lead(total) over (order by placed) from orders

select distinct on (customer_id) customer_id, id, placed from orders order by customer_id, placed desc

select stddev_samp(total), var_pop(total), corr(total, id) from orders

select bool_and(active), bool_or(active), every(active) from customer

-- set operation
select id from customer union select customer_id from orders

select id, 'c' as kind from customer union all select id::bigint, 'p' from product order by 1 limit 20

select id from customer intersect select customer_id from orders

select id from customer except all select customer_id from orders

values (1, 'one'), (2, 'two')

table country

(select id from customer order by id limit 1) union all (select id from orders order by id limit 1)

-- text
select name from customer where name like 'A%' or name ilike '%b%'

select name from customer where name similar to '(A|B)%'

select name from customer where name ~ '^[A-C]' and name !~* 'x$'

select upper(name), initcap(name), length(name), substring(name from 1 for 3), position('a' in name) from customer

select trim(both ' ' from name), lpad(name, 10, '.'), split_part(email, '@', 2), overlay(name placing 'x' from 1) from customer

select regexp_replace(name, '\s+', ' ', 'g'), regexp_match(name, '(a)(b)') from customer

select name || ' <' || email || '>' from customer

select format('%s-%s', id, name), concat_ws(' ', name, email), md5(name) from customer

select name from customer where name = E'O\'Neil' or name = U&'\0041nna'

select name from customer where name = $$it's$$

select name collate "C" from customer order by name collate "C"

select encode(picture, 'hex'), octet_length(picture) from product where id = ?

select translate(name, 'abc', 'xyz'), reverse(name), repeat(name, 2), chr(65), ascii(name) from customer

-- number
select round(price, 1), ceil(price), floor(price), abs(price), mod(id, 3), power(id, 2), sqrt(id), sign(price) from product

select price * 1.19, price / 3, id % 2, id & 1, id | 2, id # 3, id << 1, -price from product

select greatest(price, 10), least(price, 10), nullif(price, 0), coalesce(price, 0) from product

select width_bucket(price, 0, 100, 10), trunc(price), div(id, 2), gcd(id, 6) from product

select cast(price as integer), price::text, '5'::int, id::numeric(10, 2) from product

-- date
select date_trunc('month', placed) as month, sum(total) from orders group by 1 order by 1

select extract(year from placed), date_part('dow', placed), placed::date from orders

select id from orders where placed between ? and ?

select id from orders where placed >= date '2026-01-01' and placed < date '2026-01-01' + interval '1 month'

select joined + 7, joined - date '2020-01-01', age(date '2026-01-01', joined) from customer

select to_char(placed, 'YYYY-MM-DD'), to_date('2026-01-31', 'YYYY-MM-DD'), make_date(2026, 1, 31) from orders

select last_seen at time zone 'Europe/Berlin' from customer where id = ?

select d::date from generate_series('2026-01-01'::date, '2026-01-31'::date, interval '1 day') d left join orders o on o.placed::date = d::date

select opens, extract(hour from opens) from customer where opens between time '08:00' and time '18:00'

select id from orders where (placed, placed + interval '1 day') overlaps (timestamp '2026-01-01', timestamp '2026-02-01')

select {fn year(placed)}, {d '2026-01-01'} from orders where placed > {ts '2026-01-01 00:00:00'}

-- JSON
select profile ->> 'city', profile -> 'a' -> 0, profile #>> '{a,b}' from customer

select id from customer where profile @> '{"vip": true}'

select id from customer where profile ?? 'city' or profile ??| array['a', 'b']

select id from customer where jsonb_path_exists(profile, '$.a[*] ? (@ > 1)')

select c.id, e.value from customer c cross join lateral jsonb_array_elements(c.profile -> 'items') e

select key, value from customer, jsonb_each_text(profile) where id = ?

select jsonb_set(profile, '{a}', '1'), jsonb_strip_nulls(profile), jsonb_typeof(profile) from customer

-- types
select tags, tags[1], array_length(tags, 1), cardinality(tags) from customer where 'vip' = any (tags)

select id from customer where tags && array['a'] and tags @> array['b']

select unnest(tags) as tag, count(*) from customer group by 1

select mood, count(*) from customer where mood > 'sad' group by mood

select uid from product where uid = ?::uuid

select discount from customer where discount > 5

select id from product where sold_in @> date '2026-01-01'

select lower(sold_in), upper(sold_in), isempty(sold_in) from product

select title from product where search @@ to_tsquery('english', 'red & shoe')

select ts_rank(search, plainto_tsquery('english', ?)), title from product order by 1 desc limit 5

select place, place <-> point '(0,0)' from product order by 2 limit 3

select warranty, warranty * 2 from product

select (id, name) = (1, 'x'), row(id, name) is not null from customer

select picture from product where id = ?

-- view, partition, function
select * from open_orders where customer_id = ?

select pieces from sold where product_id = ?

select * from top_customers order by total desc limit 10

select avg(value) from measurement where sensor = ? and taken >= '2026-01-01'

select count(*) from measurement_2025

select count(*) from only measurement

select p.full_title from product p where p.id = ?

select vat(price) from product

select id, orders_of(id) from customer

select * from product tablesample system (100) repeatable (1)

-- condition
select id from customer where active is true and email is not null and balance is distinct from 0

select id from customer where (name, email) is not null or country in ('DE', 'FR') and not active

select id from customer where (name like 'a%') is false

select id from product where price between symmetric 20 and 10

select id from customer where case when active then balance else 0 end > 10

select id from product where (price > 10) = true is not true

-- comment and hint
select /*+ IndexScan(customer) */ name from customer where id = ? -- application=shop

/* traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' */ select name from customer where id = ?

select name from customer where id = ? /* controller='orders',route='%2Forders' */
