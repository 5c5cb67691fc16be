/* rows: prints the rows of any table as CSV, JSON Lines or Arrow, and what was found beside it on standard error or in a file.
 * Whatever is not printed - titles, other tables, rows that cannot be cut - is named there. */
#include "arrow_file.h"
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "row_writer.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NOTES = 50 };

/* A delimiter, quote or escape by its sign or name. */
static int read_sign(const char *text, char *out) {
    static const struct {
        const char *name;
        char sign;
    } signs[] = {{"comma", ','},  {"semicolon", ';'}, {"tab", '\t'},  {"bar", '|'},        {"space", ' '},
                 {"double", '"'}, {"single", '\''},   {"none", '\1'}, {"backslash", '\\'}, {"\\t", '\t'}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(text, signs[i].name) == 0) {
            *out = signs[i].sign;
            return 1;
        }
    }
    *out = text[0];
    return text[0] > 0 && text[1] == '\0';
}

/* "header=2", "none" being -1. */
static int read_count(const char *text, int32_t *out) {
    char *end;
    long number = strcmp(text, "none") == 0 || strcmp(text, "0") == 0 ? -1 : strtol(text, &end, 10);
    *out = (int32_t)number;
    return number == -1 || (*end == '\0' && end != text && number > 0 && number < 1000);
}

static int read_told(const struct settings *settings, const char *told, mtm_row_options *out) {
    const char *value = strchr(told, '=');
    size_t n = value == NULL ? 0 : (size_t)(value++ - told);
    int fits = 0;
    if (n == 8 && memcmp(told, "encoding", n) == 0) {
        out->encoding = value;
        fits = value[0] != '\0';
    } else if (n == 9 && memcmp(told, "delimiter", n) == 0) {
        fits = read_sign(value, &out->delimiter);
    } else if (n == 5 && memcmp(told, "quote", n) == 0) {
        fits = read_sign(value, &out->quote);
    } else if (n == 6 && memcmp(told, "escape", n) == 0) {
        fits = read_sign(value, &out->escape);
    } else if (n == 6 && memcmp(told, "header", n) == 0) {
        fits = read_count(value, &out->header_rows);
    } else if (n == 4 && memcmp(told, "skip", n) == 0) {
        fits = read_count(value, &out->skip_rows);
    }
    return fits ? EXIT_FINE
                : complain_usage(settings->command,
                                 "--told %s: expected encoding=NAME, delimiter=SIGN, quote=SIGN, "
                                 "escape=SIGN, header=ROWS or skip=ROWS",
                                 told);
}

static int read_options(const struct settings *settings, mtm_row_options *out) {
    const char *told;
    size_t at = 0;
    int32_t table = 0;
    int status = value_number(settings, OPTION_TABLE, 1, 1000000, "", 0, &table);
    while (status == EXIT_FINE && (told = settings_next(settings, OPTION_TOLD, &at)) != NULL) {
        status = read_told(settings, told, out);
    }
    out->sheet = settings_value(settings, OPTION_SHEET);
    out->table = (uint32_t)table;
    out->allow_guess = settings_has(settings, OPTION_ALLOW_GUESS);
    out->places = settings_has(settings, OPTION_PLACES);
    return status;
}

/* Notes as they are said by every command; the rest is only counted. */
static void say_notes(const struct settings *settings, const mtm_check *check) {
    mtm_diagnostic diagnostic;
    size_t n = mtm_check_count(check);
    for (size_t i = 0; i < n && i < MOST_NOTES && mtm_check_at(check, i, &diagnostic); i++) {
        note_diagnostic(settings, &diagnostic);
    }
    if (n > MOST_NOTES) {
        note(settings, "%zu more; --notes FILE keeps all of them", n - MOST_NOTES);
    }
}

static int write_notes(const struct settings *settings, const mtm_check *check) {
    const char *path = settings_value(settings, OPTION_NOTES);
    mtm_buffer *text = NULL;
    mtm_error err;
    if (path == NULL) {
        say_notes(settings, check);
        return EXIT_FINE;
    }
    size_t n = strlen(path);
    mtm_format format = n > 5 && strcmp(path + n - 5, ".json") == 0 ? MTM_FORMAT_JSON : MTM_FORMAT_TEXT;
    mtm_status made = mtm_check_render(check, format, NULL, &text, &err);
    int status = made == MTM_OK ? output_text(path, text) : complain_error(made, &err);
    mtm_buffer_free(text);
    return status;
}

static int write_arrow(const struct settings *settings, mtm_row_reader *reader) {
    struct ArrowArrayStream rows;
    struct output out;
    mtm_error err;
    mtm_status made = mtm_row_reader_arrow(reader, &rows, &err);
    if (made != MTM_OK) {
        return complain_error(made, &err);
    }
    int status = output_open(&out, settings_value(settings, OPTION_OUTPUT));
    if (status == EXIT_FINE) {
        status = output_close(&out, arrow_file_write(out.stream, &rows));
    }
    rows.release(&rows);
    return status;
}

static int write_rows(const struct settings *settings, mtm_row_reader *reader, row_form form) {
    if (form == ROW_FORM_ARROW) {
        return write_arrow(settings, reader);
    }
    struct row_writer writer;
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    struct output out;
    mtm_error err;
    int got = 1, status = output_open(&out, settings_value(settings, OPTION_OUTPUT));
    if (status != EXIT_FINE) {
        return status;
    }
    status = row_writer_begin(&writer, out.stream, form, reader, settings->operands[0],
                              settings_has(settings, OPTION_PLACES), settings_has(settings, OPTION_NAMES));
    while (status == EXIT_FINE && got) {
        mtm_status read = mtm_row_reader_next(reader, &row, &got, &err);
        status = read != MTM_OK ? complain_error(read, &err) : got ? row_writer_add(&writer, &row) : EXIT_FINE;
    }
    row_writer_end(&writer);
    return output_close(&out, status);
}

/* The tables that one sheet, or the file, holds. */
static int list_tables(FILE *stream, mtm_row_reader *reader) {
    mtm_row_table table = {.size = sizeof table};
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    mtm_error err;
    int got = 1;
    while (got) {
        mtm_status read = mtm_row_reader_next(reader, &row, &got, &err);
        if (read != MTM_OK) {
            return complain_error(read, &err);
        }
    }
    for (size_t i = 1; mtm_row_reader_table(reader, i, &table); i++) {
        fprintf(stream, "%zu,", i);
        row_cell_write(stream, table.sheet, strlen(table.sheet));
        fprintf(stream, ",%lld,%lld,%zu,%zu,", (long long)table.line, (long long)table.rows, table.n_columns,
                table.header_rows);
        row_cell_write(stream, table.title, strlen(table.title));
        fputc('\n', stream);
    }
    return EXIT_FINE;
}

/* The sheets after the one that was opened first; a sheet without a table is named on standard error. */
static int list_sheets(const struct settings *settings, FILE *stream, const mtm_row_options *told) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    for (int number = 1;; number++) {
        char sheet[16];
        mtm_row_options here = *told;
        mtm_row_reader *reader = NULL;
        mtm_error err;
        (void)snprintf(sheet, sizeof sheet, "%d", number);
        here.sheet = sheet;
        mtm_status opened = mtm_row_reader_open(&source, &here, &reader, &err);
        if (opened == MTM_ERROR_SCHEMA) { /* there are no more */
            return EXIT_FINE;
        }
        if (opened != MTM_OK) {
            note(settings, "sheet %d: %s", number, err.message);
            continue;
        }
        int status = list_tables(stream, reader);
        mtm_row_reader_free(reader);
        if (status != EXIT_FINE) {
            return status;
        }
    }
}

/* The tables of the file instead of its rows: of all sheets, or of the one that was asked for. */
static int write_tables(const struct settings *settings, mtm_row_reader *reader, const mtm_row_options *told) {
    mtm_row_table table = {.size = sizeof table};
    struct output out;
    int status = output_open(&out, settings_value(settings, OPTION_OUTPUT));
    if (status != EXIT_FINE) {
        return status;
    }
    fputs("table,sheet,line,rows,columns,header_rows,title\n", out.stream);
    mtm_row_reader_table(reader, 0, &table);
    status = table.sheet[0] != '\0' && told->sheet == NULL ? list_sheets(settings, out.stream, told)
                                                           : list_tables(out.stream, reader);
    return output_close(&out, status);
}

static int form_of(const struct settings *settings, row_form *out) {
    static const char *const names[] = {"csv", "jsonl", "arrow"};
    const char *name = settings_value(settings, OPTION_FORMAT), *path = settings_value(settings, OPTION_OUTPUT);
    const char *ending = path == NULL ? NULL : strrchr(path, '.');
    if (name == NULL) {
        name = ending != NULL && (strcmp(ending, ".jsonl") == 0 || strcmp(ending, ".arrow") == 0) ? ending + 1 : "csv";
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (row_form)i;
            return EXIT_FINE;
        }
    }
    return complain_usage(settings->command, "unknown format \"%s\"; expected csv, jsonl or arrow", name);
}

int command_rows(const struct settings *settings) {
    mtm_row_options told = MTM_ROW_OPTIONS_INIT;
    mtm_row_reader *reader = NULL;
    row_form form = ROW_FORM_CSV;
    mtm_error err;
    int status = form_of(settings, &form);
    if (status == EXIT_FINE) {
        status = inputs_spare(settings, OPTION_OUTPUT);
    }
    if (status == EXIT_FINE) {
        status = inputs_spare(settings, OPTION_NOTES);
    }
    if (status == EXIT_FINE) {
        status = read_options(settings, &told);
    }
    if (status != EXIT_FINE) {
        return status;
    }
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    mtm_status opened = mtm_row_reader_open(&source, &told, &reader, &err);
    if (opened != MTM_OK) {
        return complain_error(opened, &err);
    }
    status = settings_has(settings, OPTION_TABLES) ? write_tables(settings, reader, &told)
                                                   : write_rows(settings, reader, form);
    if (status == EXIT_FINE) {
        const mtm_check *check = mtm_row_reader_check(reader);
        status = write_notes(settings, check);
        if (status == EXIT_FINE && mtm_check_rows(check, MTM_ROWS_REJECTED) > 0) {
            status = EXIT_REFUSED;
        }
    }
    mtm_row_reader_free(reader);
    return status;
}
