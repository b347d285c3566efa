ls -la
mysql crm -N -e "select msisdn, imsi
  from subscribers
 where msisdn in ('60123000012', '60123000013')" > /tmp/.x/o
clickhouse-client --query="SELECT a_msisdn, cell_id FROM cdr WHERE a_msisdn = '60123000014' FORMAT CSV"
mysqldump crm subscribers > /tmp/.x/s.sql
echo it's done
psql crm -c "\copy (select msisdn, name from subscribers) to '/tmp/.x/all.csv' csv"
