select count(*) from subscribers;
select * from orders where order_id = 60123000012;
update subscribers set plan = 'x' where msisdn = '60123000012';
