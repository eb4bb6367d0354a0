create type mood as enum ('sad', 'ok', 'happy')

create domain percentage as numeric(5, 2) check (value between 0 and 100)

create table country (code char(2) primary key, name varchar(60) not null, region text)

create table customer (
  id bigint primary key, name varchar(80) not null, email varchar(120) unique, joined date not null,
  active boolean not null default true, balance numeric(12, 2) not null default 0, tags text[], profile jsonb,
  mood mood, country char(2) references country, manager_id bigint references customer,
  last_seen timestamptz, opens time, discount percentage)

create table category (id integer primary key, name varchar(60) not null, parent_id integer references category)

create table product (
  id integer primary key, sku varchar(20) not null unique, title text not null, price numeric(10, 2) not null,
  category_id integer references category, weight double precision, attributes jsonb, released timestamp,
  picture bytea, uid uuid, rating real, sold_in daterange, search tsvector, place point, warranty interval)

create table orders (
  id bigint primary key, customer_id bigint not null references customer, placed timestamp not null,
  status varchar(12) not null, total numeric(12, 2) not null, "Note" text)

create table order_line (
  order_id bigint references orders on delete cascade, line integer, product_id integer not null references product,
  quantity integer not null, unit_price numeric(10, 2) not null, primary key (order_id, line))

create table measurement (sensor integer not null, taken timestamp not null, value double precision)
  partition by range (taken)

create table measurement_2025 partition of measurement for values from ('2025-01-01') to ('2026-01-01')

create table measurement_2026 partition of measurement for values from ('2026-01-01') to ('2027-01-01')

create view open_orders as select o.id, o.customer_id, o.total from orders o where o.status = 'open'

create view sold as select product_id, sum(quantity) as pieces from order_line group by product_id

create materialized view top_customers as select customer_id, sum(total) as total from orders group by customer_id

create function full_title(p product) returns text language sql stable as $$ select p.sku || ' ' || p.title $$

create function vat(amount numeric) returns numeric language sql immutable as $$ select round(amount * 0.19, 2) $$

create function orders_of(c bigint) returns bigint language sql stable
  as $$ select count(*) from orders where customer_id = c $$
