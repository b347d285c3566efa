-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `customer`;
CREATE TABLE `customer` (
  `id` int NOT NULL,
  `name` varchar(80) DEFAULT 'a,b;c',
  `photo` blob,
  PRIMARY KEY (`id`),
  KEY `by_name` (`name`)
) ENGINE=InnoDB;
LOCK TABLES `customer` WRITE;
INSERT INTO `customer` VALUES (1,'O\'Brien; \\ Sons',NULL),(2,'it''s',0x414243),(3,'bad'quote',NULL),(4,_binary 'z',0x00ff),
(18446744073709551615,'big',-1.5e3);
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON customer FOR EACH ROW BEGIN
INSERT INTO customer VALUES (NEW.id, 'never', NULL);
END ;;
DELIMITER ;
INSERT INTO `plan` (`code`,`price`) VALUES ('P1',10.50);
