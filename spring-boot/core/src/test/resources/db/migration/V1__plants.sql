create table migrated (id int primary key, name varchar(20));
insert into migrated values (1, 'fern');
