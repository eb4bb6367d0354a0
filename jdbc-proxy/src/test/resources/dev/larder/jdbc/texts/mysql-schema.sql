create table country (code char(2) primary key, name varchar(60) not null, region varchar(40))

create table customer (
  id bigint primary key, name varchar(80) not null, email varchar(120) unique, joined date not null,
  active boolean not null default true, balance decimal(12, 2) not null default 0, profile json,
  mood enum('sad', 'ok', 'happy'), labels set('vip', 'new'), country char(2), manager_id bigint,
  last_seen datetime(3), opens time, born year, flags bit(8), key (name), key by_tag ((cast(profile ->> '$.tag' as char(20)))),
  foreign key (country) references country (code))

create table category (id int primary key, name varchar(60) not null, parent_id int)

create table product (
  id int primary key auto_increment, sku varchar(20) not null unique, title text not null, price decimal(10, 2) not null,
  category_id int, weight double, attributes json, released datetime, picture blob, uid binary(16), place point,
  gross decimal(10, 2) as (price * 1.19) stored, size varchar(10) as (attributes ->> '$.size') virtual, key (size),
  fulltext key (title))

create table orders (
  id bigint primary key, customer_id bigint not null, placed datetime not null, status varchar(12) not null,
  total decimal(12, 2) not null, key (customer_id), key newest (placed desc, id), key lower_status ((lower(status))))

create table order_line (
  order_id bigint, line int, product_id int not null, quantity int not null, unit_price decimal(10, 2) not null,
  primary key (order_id, line))

create table measurement (sensor int not null, taken date not null, value double)
  partition by range columns (taken) (partition p2025 values less than ('2026-01-01'),
    partition p2026 values less than ('2027-01-01'))

create view open_orders as select o.id, o.customer_id, o.total from orders o where o.status = 'open'

create view sold as select product_id, sum(quantity) as pieces from order_line group by product_id

create function vat(amount decimal(10, 2)) returns decimal(10, 2) deterministic no sql return round(amount * 0.19, 2)
