-- Counting microdata inside PostgreSQL: states are bytea, the same bytes as libmtm saves anywhere.
\echo Use "CREATE EXTENSION mtm" to load this file. \quit

CREATE FUNCTION mtm_version() RETURNS text AS 'MODULE_PATHNAME', 'mtm_pg_version' LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION mtm_count_row(internal, text, record) RETURNS internal
    AS 'MODULE_PATHNAME', 'mtm_pg_count_row' LANGUAGE C PARALLEL SAFE;
CREATE FUNCTION mtm_count_unite(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'mtm_pg_count_unite' LANGUAGE C PARALLEL SAFE;
CREATE FUNCTION mtm_count_save(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'mtm_pg_count_save' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION mtm_count_load(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'mtm_pg_count_load' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION mtm_count_state(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'mtm_pg_count_state' LANGUAGE C PARALLEL SAFE;
CREATE FUNCTION mtm_merge_state(internal, bytea) RETURNS internal
    AS 'MODULE_PATHNAME', 'mtm_pg_merge_state' LANGUAGE C PARALLEL SAFE;

CREATE AGGREGATE mtm_count(specification text, rows record) (
    SFUNC = mtm_count_row, STYPE = internal, FINALFUNC = mtm_count_state, COMBINEFUNC = mtm_count_unite,
    SERIALFUNC = mtm_count_save, DESERIALFUNC = mtm_count_load, PARALLEL = SAFE);
COMMENT ON AGGREGATE mtm_count(text, record) IS 'state of counting rows, one an event, by a specification';

CREATE AGGREGATE mtm_merge(state bytea) (
    SFUNC = mtm_merge_state, STYPE = internal, FINALFUNC = mtm_count_state, COMBINEFUNC = mtm_count_unite,
    SERIALFUNC = mtm_count_save, DESERIALFUNC = mtm_count_load, PARALLEL = SAFE);
COMMENT ON AGGREGATE mtm_merge(bytea) IS 'one state of several; what two of them counted is refused';

CREATE FUNCTION mtm_finish(state bytea, only_grouping text DEFAULT NULL,
        OUT grouping_name text, OUT period text, OUT first_day date, OUT last_day date, OUT dimensions text[],
        OUT members text[], OUT value numeric, OUT status text)
    RETURNS SETOF record AS 'MODULE_PATHNAME', 'mtm_pg_finish' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION mtm_finish(bytea, text) IS 'the tables of a state, every count as it is: not for publication';

CREATE FUNCTION mtm_rows(state bytea, OUT rows_in bigint, OUT accepted bigint, OUT rejected bigint, OUT not_data bigint)
    AS 'MODULE_PATHNAME', 'mtm_pg_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mtm_rows(bytea) IS 'the balance of rows: in = accepted + rejected + not data';

CREATE FUNCTION mtm_refused(state bytea, OUT code text, OUT column_number bigint, OUT found text, OUT expected text)
    RETURNS SETOF record AS 'MODULE_PATHNAME', 'mtm_pg_refused' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mtm_refused(bytea) IS 'refused rows, the first 1000, and labels that no code matches';
