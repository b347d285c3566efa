INSERT INTO subscribers (msisdn, plan) VALUES ('60170000001','P1'),('60170000002','P2'),('60170000003','P3');
