cd /var/log
grep 60123000012 app.log
mysql -P 3306 -u root crm
kill 1767229200
