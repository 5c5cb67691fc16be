-- Counting inside the server: tables, the balance of rows, refusals, states that merge, and mistakes that are explained.
CREATE EXTENSION mtm;
CREATE TABLE crossings (crossed date, direction text, citizenship text, amount numeric(12,2));
INSERT INTO crossings
    SELECT date '2024-01-01' + n % 366, CASE n % 3 WHEN 0 THEN 'out' ELSE 'въезд' END,
           (ARRAY['UZB', 'Узбекистан', 'KGZ', 'Atlantis', NULL])[1 + n % 5], n * 0.25
    FROM generate_series(1, 1000) n;
CREATE TABLE states AS
    SELECT mtm_count('{"resource": {"name": "crossings", "path": "rows", "schema": {"fieldsMatch": "subset", "fields": [
        {"name": "crossed", "mtm": {"role": "period"}}]}, "mtm": {"microdata": true}},
        "groupings": [{"by": ["direction"]}, {"by": ["citizenship"], "period": "year", "name": "by-citizenship"},
        {"by": [], "period": "year", "sum": "amount", "unit": "USD", "name": "money"}]}', c) AS state FROM crossings c;
SELECT * FROM mtm_rows((SELECT state FROM states));
SELECT grouping_name, period, members, value, status FROM mtm_finish((SELECT state FROM states));
SELECT first_day, last_day, dimensions, value FROM mtm_finish((SELECT state FROM states), 'money');
SELECT code, found FROM mtm_refused((SELECT state FROM states));
-- A state of the rows of each month, and all of them together.
CREATE TABLE monthly AS
    SELECT mtm_count('{"groupings": [{"by": ["direction"]}]}', q) AS state
    FROM (SELECT crossed AS date, direction FROM crossings) q GROUP BY date_trunc('month', q.date);
SELECT count(*) FROM monthly;
SELECT grouping_name, period, members, value FROM mtm_finish((SELECT mtm_merge(state) FROM monthly));
DO $$
BEGIN
    PERFORM mtm_merge(state) FROM (SELECT state FROM monthly UNION ALL (SELECT state FROM monthly LIMIT 1)) twice;
EXCEPTION WHEN object_not_in_prerequisite_state THEN
    RAISE NOTICE '%', regexp_replace(SQLERRM, '"[0-9a-f/]+"', 'of a batch');
END $$;
-- No rows, and rows that are null.
SELECT mtm_count('{"groupings": [{"by": ["direction"]}]}', q) FROM (SELECT date '2024-01-01' AS date LIMIT 0) q;
SELECT accepted FROM mtm_rows((SELECT mtm_count('{"groupings": [{"by": []}]}', NULL::crossings)));
SELECT mtm_merge(NULL);
-- Mistakes.
SELECT mtm_count('{"groupings": 1}', c) FROM crossings c;
SELECT mtm_count(NULL, c) FROM crossings c;
SELECT mtm_count('{"groupings": [{"by": ["direction"]}]}', q) FROM (SELECT now() AS date, 'in' AS direction) q;
SELECT mtm_count('{"groupings": [{"by": ["nowhere"]}]}', q) FROM (SELECT date '2024-01-01' AS date) q;
SELECT mtm_finish('\x00'::bytea);
SELECT mtm_finish((SELECT state FROM states), 'nothing');
SELECT mtm_count('{"groupings": [{"by": []}]}', q) FROM (SELECT date 'infinity' AS date) q;
SELECT accepted, rejected FROM mtm_rows((SELECT mtm_count('{"groupings": [{"by": []}]}', q)
    FROM (VALUES ('2024-01-01'), ('2024-13-01'), ('soon')) AS q(date)));
