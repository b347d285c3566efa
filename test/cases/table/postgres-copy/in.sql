--
-- PostgreSQL database dump
--
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS trigger AS $body$ begin INSERT INTO subscriber VALUES ('never'); end $body$ LANGUAGE plpgsql;
CREATE TABLE public.subscriber (
    msisdn text NOT NULL,
    note text
);
COPY public.subscriber (msisdn, note) FROM stdin;
+60120000001	tab\there, back\\slash
+60120000002	\N
+60120000003
+60120000004	O'Neil; "x"
\.


INSERT INTO public.subscriber (note, msisdn) VALUES (E'line\nbreak'::text, '+60120000005') ON CONFLICT DO NOTHING;
