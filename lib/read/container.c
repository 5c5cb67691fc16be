/* Chooses the container that cuts a file into rows, by what its bytes are: workbook or CSV. */
#include "read/container.h"

#include "base/error.h"
#include "base/line.h"
#include "base/try.h"
#include "read/arrow/ipc_stream.h"
#include "read/csv/comma_rows.h"
#include "read/csv/csv_rows.h"
#include "read/csv/dialect.h"
#include "read/csv/dialect_search.h"
#include "read/json/json_rows.h"
#include "read/ods/ods_rows.h"
#include "read/px/px_rows.h"
#include "read/xlsx/xlsx_rows.h"

#include <string.h>

enum { HEAD = 512 };

/* In letters of any case: files come from Windows. */
static int has_ending(const char *name, const char *ending) {
    size_t n = strlen(name), m = strlen(ending);
    int same = n >= m;

    for (size_t i = 0; same && i < m; i++) {
        char c = name[n - m + i];
        same = (c >= 'A' && c <= 'Z' ? c + 32 : c) == ending[i];
    }
    return same;
}

/* ".xlsx" or ".xlsm". Macros are never looked at. */
static int has_workbook_name(const char *name) {
    return has_ending(name, ".xlsx") || has_ending(name, ".xlsm");
}

/* A name that promises text in columns: another container under it is refused, whoever renamed it. */
static int has_text_name(const char *name) {
    static const char *const endings[] = {".csv", ".tsv", ".tab", ".txt", ".csv.gz", ".tsv.gz", ".tab.gz", ".txt.gz"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (has_ending(name, endings[i])) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_is_ipc(mtmi_source *source, int *is, mtm_error *err) {
    const char *bytes = NULL;
    size_t got = 0;
    *is = 0;
    MTMI_CHECK_STATUS(mtmi_source_peek(source, MTMI_IPC_SNIFF, &bytes, &got, err));
    *is = mtmi_ipc_sniff(bytes, got) && !has_text_name(mtmi_source_name(source));
    return MTM_OK;
}

static void set_property(mtmi_check_property *out, char c, mtmi_how how) {
    out->text[0] = c == '\1' ? '\0' : c;
    out->text[1] = '\0';
    out->how = how;
}

static mtm_status refuse_delimiter(const mtmi_rows *rows, const mtmi_sniffed *sniffed, mtm_error *err) {
    static const struct {
        char c;
        const char *name;
    } names[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "vertical bar"}, {' ', "space"}};
    char list[80] = "";
    mtmi_line names_line = {list, sizeof list, 0, 0, 0};

    for (const char *c = sniffed->candidates; *c != '\0'; c++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (names[i].c == *c) {
                mtmi_line_text(&names_line, list[0] == '\0' ? "" : " or ");
                mtmi_line_text(&names_line, names[i].name);
            }
        }
    }
    return mtmi_error_set(
        err, MTM_ERROR_STRUCTURE, MTMI_CODE_DELIMITER, (mtmi_place){rows->name, 1, 1},
        "cannot tell the delimiter (it may be %s), expected one that the rows prove; declare dialect.delimiter", list);
}

static mtm_status say_overruled(const mtmi_decoder *decoder, mtmi_check_log *log, mtm_error *err) {
    mtmi_check_property used = mtmi_decoder_encoding(decoder);
    const char *declared = mtmi_decoder_overruled(decoder);
    mtmi_diagnostic_input said = {0};

    const int is_proved = declared == NULL && used.how == MTMI_HOW_CONTENT && !mtmi_encoding_is_assumed(&used);
    if (log == NULL || (declared == NULL && used.how != MTMI_HOW_GUESS && !is_proved)) {
        return MTM_OK;
    }
    said.code = declared != NULL ? MTMI_CODE_ENCODING_NAME : MTMI_CODE_ENCODING;
    said.line = 1;
    said.found = used.text;
    said.found_size = strlen(used.text);
    said.expected = declared != NULL ? declared : is_proved ? "UTF-8, or a declared encoding" : "a declared encoding";
    said.hint = declared != NULL ? "the file says otherwise than its description; correct the encoding"
                : is_proved      ? "cells are known words in it, and in no other; look whether the labels are words"
                                 : "the encoding was guessed; declare it";
    return mtmi_check_add(log, &said, err);
}

static mtm_status refuse_container(const char *name, const char *what, mtm_error *err) {
    const char *hint = strstr(what, "gzip") != NULL       ? "name it .csv.gz, or unpack it"
                       : strstr(what, "workbook") != NULL ? "name it .xlsx or .ods, or save the sheet as CSV"
                       : strstr(what, "JSON") != NULL     ? "name it .json, or save the table as CSV"
                       : strstr(what, "Arrow") != NULL    ? "name it .arrow, or save the table as CSV"
                       : strstr(what, "PC-Axis") != NULL  ? "name it .px, or save the table as CSV"
                                                          : "save the table as CSV";
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){name, 1, 1},
                          "found %s, expected a CSV file; %s", what, hint);
}

static mtm_status say_flags(mtmi_check_log *log, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_NUMBER_FOOTNOTE;
    said.line = 1;
    said.prose = 1;
    said.found = "a table of Eurostat with several dimensions in the first column";
    said.found_size = strlen(said.found);
    said.expected =
        "one dimension a column; it was parted at the commas, and flags such as p and e behind figures were cut off";
    said.hint = "take the table as CSV to keep the flags";
    return mtmi_check_add(log, &said, err);
}

static mtm_status open_csv(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                           mtmi_check_log *log, mtmi_rows **out, mtm_error *err) {
    mtmi_decoder *decoder = NULL;
    mtmi_csv *csv = NULL;
    mtmi_sniffed sniffed;
    size_t size = 0;
    int whole = 0;
    mtm_status status = mtmi_decoder_new(source, resource->dialect.encoding, limits, &decoder, err);

    if (status == MTM_OK) {
        const char *head = mtmi_decoder_head(decoder, &size);
        const char *what =
            mtmi_sniff_container(head, size, &whole); /* what was packed by gzip could not be seen before */
        status =
            what != NULL ? refuse_container(mtmi_source_name(source), what, err) : say_overruled(decoder, log, err);
        if (status != MTM_OK) {
            mtmi_decoder_free(decoder);
        }
    }
    if (status == MTM_OK) {
        status = mtmi_csv_new(decoder, mtmi_source_name(source), mtmi_source_size(source), limits, &csv, err);
    }
    if (status != MTM_OK) {
        return status;
    }
    const char *text = mtmi_csv_head(csv, &size, &whole);
    mtmi_rows *rows = mtmi_csv_rows(csv);
    if (limits->any_table) {
        mtmi_dialect_search(&resource->dialect, text, size, whole, &sniffed);
    } else {
        mtmi_sniff(&resource->dialect, text, size, whole, &sniffed);
        if (resource->dialect.delimiter == '\0' && mtmi_comma_rows_like(text, size)) {
            sniffed.delimiter = '\t';
            sniffed.single = 0;
            sniffed.how = MTMI_HOW_CONTENT;
        }
    }
    if (sniffed.delimiter == '\0') {
        status = refuse_delimiter(rows, &sniffed, err);
        mtmi_rows_free(rows);
        return status;
    }
    mtmi_csv_form form = {sniffed.single ? '\xFE' : sniffed.delimiter,
                          sniffed.quote,
                          sniffed.escape,
                          sniffed.has_escape,
                          sniffed.skip_space,
                          limits->any_table ? sniffed.columns : 0};
    mtmi_csv_dialect(csv, &form);
    set_property(&rows->dialect.delimiter, sniffed.how == MTMI_HOW_NONE ? '\1' : sniffed.delimiter, sniffed.how);
    set_property(&rows->dialect.quote, sniffed.quote_how == MTMI_HOW_NONE ? '\1' : sniffed.quote, sniffed.quote_how);
    if (!limits->any_table && sniffed.delimiter == '\t' && mtmi_comma_rows_like(text, size)) {
        rows = mtmi_comma_rows_new(rows);
        status = rows == NULL ? mtmi_error_memory(err) : say_flags(log, err);
        if (status != MTM_OK) {
            mtmi_rows_free(rows);
            return status;
        }
    }
    *out = rows;
    return MTM_OK;
}

/* JSON in UTF-16, with a mark or without: every other byte of its beginning is 0. */
static int is_wide_json(const char *bytes, size_t got) {
    char narrow[HEAD / 2];
    size_t marks = got >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0) ? 2 : 0, n = 0;
    int big = got > marks + 1 && bytes[marks] == '\0', workbook = 0;

    if (got < marks + 4 || bytes[marks + (big ? 0 : 1)] != '\0') {
        return 0;
    }
    for (size_t i = marks + (big ? 1 : 0); i < got && n < sizeof narrow; i += 2) {
        narrow[n++] = bytes[i];
    }
    const char *what = mtmi_sniff_container(narrow, n, &workbook);
    return what != NULL && strcmp(what, "a JSON document") == 0;
}

static int is_json(const char *what, const char *bytes, size_t got) {
    return (what != NULL && strcmp(what, "a JSON document") == 0) || is_wide_json(bytes, got);
}

/* The container that the first bytes tell; *taken 0: none that is read by a wing of its own. */
static mtm_status open_other(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                             mtmi_check_log *log, mtmi_rows **out, int *taken, mtm_error *err) {
    const char *name = mtmi_source_name(source), *bytes = NULL, *what;
    size_t got = 0;
    int workbook = 0;
    mtm_status status = mtmi_source_peek(source, HEAD, &bytes, &got, err);

    *taken = status != MTM_OK;
    if (*taken) {
        return status;
    }
    *taken = 1;
    if (mtmi_ipc_sniff(bytes, got)) {
        return has_text_name(name) ? refuse_container(name, "an Arrow file", err)
                                   : mtmi_ipc_rows_open(source, limits, out, err);
    }
    what = mtmi_sniff_container(bytes, got, &workbook);
    int px = what == NULL && mtmi_px_sniff(bytes, got), json = is_json(what, bytes, got);
    if (px && !has_text_name(name)) {
        return mtmi_px_rows_open(resource->dialect.encoding, source, limits, log, out, err);
    }
    if (json && !has_text_name(name)) {
        return mtmi_json_rows_open(&resource->dialect, source, limits, log, out, err);
    }
    if (workbook && mtmi_ods_sniff(bytes, got) && !has_text_name(name)) {
        return mtmi_ods_rows_open(resource->dialect.sheet, source, limits, log, out, err);
    }
    if (workbook && (has_workbook_name(name) || (limits->any_table && !has_text_name(name)))) {
        return mtmi_xlsx_rows_open(resource->dialect.sheet, source, limits, log, out, err);
    }
    if (what != NULL || px) {
        return refuse_container(name, px ? "a PC-Axis file" : what, err);
    }
    *taken = 0;
    return MTM_OK;
}

mtm_status mtmi_rows_open(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                          mtmi_check_log *log, mtmi_rows **out, mtm_error *err) {
    const char *name = mtmi_source_name(source);
    int taken = 0;
    mtm_status status;

    *out = NULL;
    status = open_other(resource, source, limits, log, out, &taken, err);
    if (taken) {
        return status;
    }
    if (has_workbook_name(name)) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){name, 1, 1},
                              "found plain text, expected a workbook; name it .csv");
    }
    return open_csv(resource, source, limits, log, out, err);
}

mtmi_limits mtmi_limits_of(const mtm_read_options *options) {
    mtmi_limits limits = {(uint64_t)1 << 20, (uint64_t)16 << 20, 4096, (uint64_t)4 << 30, 0, 0};

    if (options == NULL) {
        return limits;
    }
    limits.max_field = options->max_field > 0 ? options->max_field : limits.max_field;
    limits.max_record = options->max_record > 0 ? options->max_record : limits.max_record;
    limits.max_columns = options->max_columns > 0 ? options->max_columns : limits.max_columns;
    limits.max_expansion = options->max_expansion > 0 ? options->max_expansion : limits.max_expansion;
    limits.allow_guess = options->allow_guess != 0;
    return limits;
}
