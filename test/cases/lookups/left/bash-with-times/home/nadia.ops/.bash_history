#1767229200
cd /tmp/.x
#1767229260
mysql -h db7 -u crm crm -e "select msisdn, name from subscribers where msisdn='60123000012'"
#1767229320
ssh db7 'psql -d cdr -c "select start_time, b_number from cdr.calls where a_msisdn = $N"'
#1767229380
sqlplus -s app@BILL <<SQL
set pagesize 0
select name, address
  from customers
 where nric = '900101-14-5678';
SQL
#1767229440
psql -d cdr -tAc "select * from cdr.calls where a_msisdn = '+60123000012' and start_time between '2025-12-01' and '2025-12-31'" > c.csv
#1767229500
mysql -e "select count(*) from orders where order_id = 60123000099"
