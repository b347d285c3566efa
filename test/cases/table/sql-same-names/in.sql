-- MySQL dump 10.13 of invented data
CREATE DATABASE `crm`;
USE `crm`;
CREATE TABLE `customers` (
  `msisdn` varchar(20),
  `name` varchar(40)
) ENGINE=InnoDB;
INSERT INTO `customers` VALUES ('60120000001','Aina'),('60120000002','Bo');
USE `billing`;
CREATE TABLE `customers` (
  `account` varchar(20),
  `balance` varchar(20),
  `msisdn` varchar(20)
) ENGINE=InnoDB;
INSERT INTO `customers` VALUES ('A1','10.00','60120000001');
INSERT INTO `invoices` (`no`, `account`) VALUES ('1','A1');
INSERT INTO `invoices` (`no`, `paid`) VALUES ('2','yes'),('3','no');
DROP TABLE `customers`;
CREATE TABLE `customers` (
  `login` varchar(20)
) ENGINE=InnoDB;
INSERT INTO `customers` VALUES ('aina');
CREATE TABLE `customers` (
  `login` varchar(20)
) ENGINE=InnoDB;
INSERT INTO `customers` VALUES ('bo');
