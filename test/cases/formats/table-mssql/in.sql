USE [crm]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Customers](
	[Id] [int] NOT NULL,
	[Name] [nvarchar](100) NULL,
	[Since] [datetime2](7) NULL
)
GO
SET IDENTITY_INSERT [dbo].[Customers] ON 

INSERT [dbo].[Customers] ([Id], [Name], [Since]) VALUES (1, N'Aina; O''Hara', CAST(N'2024-09-30T00:00:00.0000000' AS DateTime2))
INSERT [dbo].[Customers] ([Id], [Name], [Since]) VALUES (2, N'Bo', NULL)
GO
INSERT INTO [dbo].[Plans] ([Id], [Name]) VALUES (7, N'Fibre 100'), (8, N'Fibre 500')
GO
SET IDENTITY_INSERT [dbo].[Customers] OFF
GO
INSERT [dbo].[Customers] ([Id], [Name], [Since]) VALUES (3, N'昕', CAST(N'2025-01-01' AS Date))
