create table scripted (name varchar(20));
insert into scripted values ('moss');
