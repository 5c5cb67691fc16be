/* Cuts lines that libcsv is not needed or not able to cut: lines without quotes, lines with escapes, rows whose quotes
 * are broken. The invariant: what libcsv accepts is cut here as libcsv cuts it. */
#include "read/csv/csv_internal.h"

#include "base/memory.h"
#include "read/csv/recover.h"

#include <string.h>

int mtmi_csv_inside_quotes(const mtmi_csv *csv) {
    return csv->parser.quoted && csv->parser.pstate == 2;
}

/* Within quotes: an escaped or doubled quote is doubled, another one closes. Returns how many bytes more were taken. */
static size_t write_quoted(mtmi_csv *csv, const char *line, size_t n, size_t at, int *quoted) {
    const mtmi_csv_form *form = &csv->form;
    int pair = at + 1 < n && line[at + 1] == form->quote;

    if (pair && ((form->has_escape && line[at] == form->escape) || line[at] == form->quote)) {
        mtmi_buffer_char(&csv->plain, form->quote);
        mtmi_buffer_char(&csv->plain, form->quote);
        return 1;
    }
    *quoted = line[at] != form->quote;
    mtmi_buffer_char(&csv->plain, line[at]);
    return 0;
}

/* The line as libcsv reads it: a quote that an escape stands before is doubled, a space after a delimiter is gone. */
void mtmi_csv_write_plain(mtmi_csv *csv, const char *line, size_t n, int quoted) {
    const mtmi_csv_form *form = &csv->form;
    int fresh = !quoted, spaces = 0;

    mtmi_buffer_clear(&csv->plain);
    for (size_t i = 0; i < n; i++) {
        if (quoted) {
            i += write_quoted(csv, line, n, i, &quoted);
            continue;
        }
        if (fresh && form->skip_space && line[i] == ' ' && i > 0 && spaces == 0) {
            spaces = 1;
            continue;
        }
        quoted = fresh && line[i] == form->quote;
        fresh = line[i] == form->delimiter;
        spaces = 0;
        mtmi_buffer_char(&csv->plain, line[i]);
    }
}

/* A line without any quote, between rows: cut at its delimiters, which is what libcsv would do. */
int mtmi_csv_cut_plain(mtmi_csv *csv, const char *line, size_t n) {
    size_t start = 0;

    if (csv->record.size > n || (csv->form.quote != '\1' && memchr(line, csv->form.quote, n) != NULL)) {
        return 0;
    }
    for (;;) {
        const char *end = memchr(line + start, csv->form.delimiter, n - start);
        size_t stop = end == NULL ? n : (size_t)(end - line);
        void *ends = csv->ends;
        size_t skip = csv->form.skip_space && start > 0 && start < stop && line[start] == ' ';
        if (csv->n_cells > csv->limits.max_columns) {
            break;
        }
        if (csv->n_cells >= csv->ends_capacity &&
            !mtmi_memory_reserve(&ends, &csv->ends_capacity, csv->n_cells + 1, sizeof *csv->ends)) {
            csv->failed = 1;
            return 1;
        }
        csv->ends = ends;
        csv->longest = stop - start > csv->longest ? stop - start : csv->longest;
        if (csv->form.skip_space) {
            mtmi_buffer_add(&csv->bytes, line + start + skip, stop - start - skip);
        }
        csv->ends[csv->n_cells++] = csv->form.skip_space ? csv->bytes.size : stop;
        if (end == NULL) {
            break;
        }
        start = stop + 1;
    }
    csv->lines = !csv->form.skip_space;
    csv->complete = 1;
    return 1;
}

/* The lines after the first one of a record are read once more: their bytes go back in front of the text. */
static void give_back(mtmi_csv *csv, size_t first, size_t end, mtmi_row *out) {
    size_t from = first;

    while (from < csv->record.size && (csv->record.data[from] == '\r' || csv->record.data[from] == '\n')) {
        int pair = csv->record.data[from] == '\r' && from + 1 < csv->record.size && csv->record.data[from + 1] == '\n';
        from += pair ? 2 : 1;
        break;
    }
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&text, csv->record.data + from, csv->record.size - from);
    mtmi_buffer_add(&text, "\n", end > 0 && from < csv->record.size);
    mtmi_buffer_add(&text, csv->text.data + csv->at, csv->text.size - csv->at);
    csv->failed |= text.failed;
    if (!text.failed) {
        mtmi_buffer_free(&csv->text);
        csv->text = text;
        csv->at = 0;
        csv->line = out->line + 1;
    } else {
        mtmi_buffer_free(&text);
    }
}

static int recover_line(mtmi_csv *csv, const char *line, size_t n, int any_width) {
    const mtmi_csv_form *form = &csv->form;

    if (form->has_escape || form->skip_space) {
        mtmi_csv_write_plain(csv, line, n, 0);
        line = csv->plain.data;
        n = csv->plain.size;
    }
    return !csv->plain.failed && mtmi_csv_recover(line, n, form->delimiter, form->quote, form->columns, any_width,
                                                  &csv->bytes, csv->ends, &csv->n_cells);
}

/* A row whose quotes are broken: by its first line, else by all its lines. */
int mtmi_csv_recover_row(mtmi_csv *csv, size_t first, size_t end, mtmi_row *out) {
    void *ends = csv->ends;
    int more = first < csv->record.size;

    if (csv->form.columns == 0) {
        return 0;
    }
    if (!mtmi_memory_reserve(&ends, &csv->ends_capacity, csv->form.columns, sizeof *csv->ends)) {
        csv->failed = 1;
        return 0;
    }
    csv->ends = ends;
    out->recovered = recover_line(csv, csv->record.data, first, !more);
    if (out->recovered && more) {
        give_back(csv, first, end, out);
        csv->record.size = first;
    } else if (!out->recovered && more) {
        out->recovered = recover_line(csv, csv->record.data, csv->record.size, 0);
    }
    csv->failed |= csv->bytes.failed || csv->plain.failed;
    return out->recovered;
}
