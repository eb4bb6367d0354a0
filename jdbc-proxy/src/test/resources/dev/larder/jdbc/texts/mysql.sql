-- by key
select * from customer where id = ?

select `name`, `email` from `customer` where `email` = ?

select name from customer where id in (?, ?, ?)

select o.* from orders o where o.customer_id = ? and o.status = 'open' order by o.placed desc limit 10

select o.id from orders o where o.customer_id = ? order by o.id limit 20, 10

select l.quantity from order_line l where (l.order_id, l.line) = (?, ?)

select exists (select 1 from orders where customer_id = ?)

select count(*) from orders where customer_id = ?

select 1 from dual where exists (select 1 from customer where id = ?)

select ifnull(max(id), 0) + 1 from orders

-- by an ORM
select c1_0.id, c1_0.active, c1_0.balance, c1_0.email, c1_0.name from customer c1_0 where c1_0.id = ?

select p1_0.id, p1_0.title, c1_0.id, c1_0.name from product p1_0 left join category c1_0 on c1_0.id = p1_0.category_id where p1_0.id = ?

select o1_0.customer_id, o1_0.id, o1_0.total from orders o1_0 where o1_0.customer_id in (?, ?, ?, ?, ?) order by o1_0.id

select c1_0.id, c1_0.name from customer c1_0 where lower(c1_0.name) like ? escape '!'

select distinct c1_0.id, c1_0.name from customer c1_0 join orders o1_0 on c1_0.id = o1_0.customer_id where o1_0.total > ?

select count(c1_0.id) from customer c1_0 where c1_0.active = 1

select this_.id as id1_0_0_, this_.name as name2_0_0_ from customer this_ where this_.name like ? order by this_.id asc limit ?

select `a`.`id` as `a__id`, (select count(0) from `orders` where `orders`.`customer_id` = `a`.`id`) as `n` from `customer` `a`

-- JOIN
select c.name, count(o.id) from customer c left join orders o on o.customer_id = c.id group by c.id having count(o.id) > 1

select c.name, o.id from customer c, orders o where o.customer_id = c.id and c.id = ?

select straight_join c.name, o.id from customer c join orders o on o.customer_id = c.id

select c.name, o.id from customer c straight_join orders o on o.customer_id = c.id

select c.name from customer c use index (name) where c.name > 'A'

select c.name from customer c force index for join (name) ignore index for order by (email) order by c.name

select * from orders natural join order_line

select c.name, x.name from customer c right join country x on x.code = c.country

select c.name, o.id from customer c left join (orders o cross join order_line l) on o.customer_id = c.id and l.order_id = o.id

select p.title, s.pieces from product p join sold s on s.product_id = p.id where s.pieces > 10 order by s.pieces desc

-- subquery
select c.name, o.total from customer c, lateral (select total from orders where customer_id = c.id order by total desc limit 3) o

select c.name, o.n from customer c left join lateral (select count(*) as n from orders where customer_id = c.id) o on true

select d.a, d.b from (select id, name from customer) as d (a, b)

select id from orders where (customer_id, status) in (select customer_id, status from orders where total > 100)

select name from customer c where exists (select 1 from orders o where o.customer_id = c.id and o.total > 100)

select name from customer where id not in (select customer_id from orders where status = 'open')

select title from product where price > any (select price from product where category_id = 1)

select name, (select max(placed) from orders o where o.customer_id = c.id) as latest from customer c

select t.status, t.n from (select status, count(*) as n from orders group by status) t where t.n > 1

-- WITH
with recent as (select * from orders where placed > ?) select customer_id, sum(total) from recent group by customer_id

with busy as (select customer_id from orders where total > 5), known as (select * from busy) select k.customer_id from known k join busy b using (customer_id)

with recursive tree as (select id, parent_id, name from category where parent_id is null union all select c.id, c.parent_id, c.name from category c join tree t on t.id = c.parent_id) select * from tree

with recursive up (id, parent_id) as (select id, parent_id from category where id = ? union select c.id, c.parent_id from category c, up where c.id = up.parent_id) select id from up

-- aggregate and window
select status, count(*), sum(total), avg(total), min(placed), max(placed) from orders group by status

select status, customer_id, sum(total), grouping(status) from orders group by status, customer_id with rollup

select any_value(status), json_arrayagg(status) from orders

select status, total, sum(total) over (order by placed range interval 7 day preceding) from orders

select group_concat(distinct name order by name separator ', ') from customer

select json_arrayagg(name), json_objectagg(id, name) from customer

select id, sum(total) over (partition by customer_id order by placed) from orders

select id, rank() over w, row_number() over w, ntile(4) over w from orders window w as (order by total desc)

select id, lag(total) over (order by placed), first_value(total) over (order by placed) from orders

select id, nth_value(total, 2) over w, percent_rank() over w, cume_dist() over w from orders window w as (partition by customer_id order by placed rows between 1 preceding and current row)

select std(total), var_samp(total), bit_or(id) from orders

select count(distinct customer_id, status) from orders

select t.id from (select id from orders) t

select distinctrow status from orders

select sql_no_cache id from orders where id = ?

select sql_buffer_result sql_big_result status from orders group by status

select high_priority sql_small_result status, count(*) from orders group by status

-- set operation
select id from customer union select customer_id from orders

select id from customer union all select customer_id from orders order by 1 limit 20

select id from customer union distinct select customer_id from orders order by id desc limit 5

select * from (select id from customer union select customer_id from orders) u where u.id > 3

(select id from customer order by id limit 1) union all (select id from orders order by id limit 1)

(select id from customer) union (select customer_id from orders) order by 1

-- text
select name from customer where name like 'A%' or name not like '_b%'

select name from customer where name regexp '^[A-C]' and name not rlike 'x$'

select regexp_like(name, 'a', 'c'), regexp_substr(name, '[a-z]+'), regexp_instr(name, 'b') from customer

select upper(name), length(name), char_length(name), substring(name, 1, 3), locate('a', name), left(name, 2) from customer

select concat(name, ' <', email, '>'), concat_ws(',', name, email), lpad(name, 10, '.'), trim(leading ' ' from name) from customer

select regexp_replace(name, '[0-9]+', ''), replace(name, 'a', 'b'), reverse(name), field(name, 'a', 'b'), find_in_set('a', name) from customer

select name from customer where name = binary 'Anna'

select name from customer where name = 'O\'Neil' or name = "Anna" or name = _utf8mb4'Anna'

select name collate utf8mb4_bin from customer order by name collate utf8mb4_0900_as_cs

select name from customer where name = x'416E6E61' or name = 0x416E6E61 or flags = b'101'

select hex(picture), md5(title), sha2(title, 256) from product where id = ?

select id from customer where name sounds like 'Anna'

select title from product where match (title) against ('red shoe' in boolean mode)

select title, match (title) against (?) as score from product order by score desc limit 5

select insert(name, 1, 1, 'x'), quote(name), elt(2, 'a', name), format(balance, 2) from customer

-- number
select round(price, 1), ceiling(price), floor(price), mod(id, 3), pow(id, 2), sqrt(id), truncate(price, 1) from product

select price * 1.19, id div 2, id mod 3, id % 2, id & 1, id | 2, id ^ 3, id << 1, ~id, -price from product

select greatest(price, 10), least(price, 10), nullif(price, 0), coalesce(price, 0), if(price > 10, 'a', 'b') from product

select cast(price as signed), convert(price, char), cast(id as unsigned), cast('1' as decimal(5, 2)) from product

select conv(id, 10, 16), bin(id), oct(id), bit_count(id), crc32(title), flags + 0 from product join customer using (id)

-- date
select date_format(placed, '%Y-%m') as month, sum(total) from orders group by month order by month

select year(placed), month(placed), dayofweek(placed), quarter(placed), extract(year_month from placed) from orders

select id from orders where placed between ? and ?

select id from orders where placed = date '2026-01-01' or placed > timestamp '2026-01-01 00:00:00'

select id from orders where placed >= '2026-01-01' and placed < date_add('2026-01-01', interval 1 month)

select placed + interval 1 day, placed - interval 2 hour, adddate(placed, 7), last_day(placed) from orders

select datediff(placed, '2026-01-01'), timestampdiff(day, '2026-01-01', placed), to_days(placed) from orders

select str_to_date('31.01.2026', '%d.%m.%Y'), makedate(2026, 31), from_unixtime(0) from orders

select opens, hour(opens), time_to_sec(opens) from customer where opens between '08:00' and '18:00'

select date(placed), week(placed, 3), yearweek(placed), microsecond(placed) from orders

select id from orders where placed > {ts '2026-01-01 00:00:00'} and {fn year(placed)} = 2026

-- JSON
select profile -> '$.city', profile ->> '$.a[0]', json_unquote(json_extract(profile, '$.b')) from customer

select id from customer where profile ->> '$.tag' = 'gold'

select id from customer where cast(profile ->> '$.tag' as char(20)) = ?

select c.profile ->> '$.a."b c"', c.profile -> '$[0]' from customer c order by c.profile ->> '$.city'

select json_pretty(profile), json_type(profile), json_search(profile, 'one', 'a%'), json_depth(profile) from customer

select json_merge_patch(profile, '{"a": 1}'), json_set(profile, '$.a', 2), json_storage_size(profile) from customer

select id from customer where json_contains(profile, 'true', '$.vip') or json_contains_path(profile, 'one', '$.city')

select c.id, j.item from customer c, json_table(c.profile, '$.items[*]' columns (item varchar(20) path '$.name')) j

select json_object('id', id, 'name', name), json_length(profile), json_keys(profile) from customer

-- types
select mood, mood + 0, count(*) from customer where mood in ('ok', 'happy') group by mood

select id from customer where find_in_set('vip', labels) > 0 or labels & 1

select bin_to_uuid(uid), is_uuid(sku) from product where uid = uuid_to_bin(?)

select st_astext(place), st_x(place) from product where st_distance(place, point(1, 2)) < 10

select inet6_ntoa(uid), inet_ntoa(id) from product

select born, flags from customer where born > 1990

select gross, size from product where gross > 100 and size = 'L'

-- view, partition, function
select * from open_orders where customer_id = ?

select pieces from sold where product_id = ?

select avg(value) from measurement where sensor = ? and taken >= '2026-01-01'

select count(*) from measurement partition (p2025)

select vat(price) from product

-- condition
select id from customer where active is true and email is not null and balance <=> 0

select id from customer where (active && balance > 0) || !active xor balance > 5

select id from customer where not (name like 'a%' or country in ('DE', 'FR'))

select id from customer order by field(country, 'DE', 'FR'), name is null, name limit 10 offset 5

select id from product where price not between 10 and 20 order by -price

select id, case country when 'DE' then 1 when 'FR' then 2 else 3 end as r from customer order by r

-- comment and hint
select /*!80000 name, */ id from customer where id = ?

select name /*! , id */ from customer /*!50110 use index (name) */ where name > 'A'

select /*+ JOIN_ORDER(c, o) INDEX_MERGE(c) */ c.name from customer c join orders o on o.customer_id = c.id

select /*+ SET_VAR(sort_buffer_size = 262144) */ name from customer order by name

select /*+ QB_NAME(outside) SEMIJOIN(@inside MATERIALIZATION) */ name from customer where id in (select /*+ QB_NAME(inside) */ customer_id from orders)

select /*+ MAX_EXECUTION_TIME(1000) */ name from customer where id = ? -- application=shop

/* traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' */ select name from customer where id = ?

select name from customer where id = ? # shop
