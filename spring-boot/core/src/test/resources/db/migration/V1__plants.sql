create table migrated (name varchar(20));
insert into migrated values ('fern');
