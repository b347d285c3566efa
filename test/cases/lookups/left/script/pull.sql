-- targets
set echo off
select msisdn, cell_id, seen_at
  from location_now
 where msisdn in ('60123000018', '60123000019');

select order_id, total from orders where order_id = 60123000018;
select * from invoice;
create table t as select 1;
