create table scripted (id int primary key, name varchar(20));
insert into scripted values (1, 'moss');
