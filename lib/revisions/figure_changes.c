/* Writes what changed between two sides: for people a line a figure, for programs a row or an object. */
#include "revisions/figure_changes.h"

#include "base/csv_cell.h"
#include "base/json.h"

#include <string.h>

static const char *const words[] = {"same", "added", "removed", "revised"};

static const char *value_of(const mtmi_compared_figure *figure, char out[MTMI_WIDE_TEXT]) {
    if (!figure->is_there || !figure->has_value) {
        return figure->is_there ? "no value" : "";
    }
    (void)mtmi_decimal_write(figure->units, figure->decimals, out, MTMI_WIDE_TEXT);
    return out;
}

static const char *file_of(const mtmi_compared_figure *figure) {
    return figure->is_there && figure->file != NULL ? figure->file : "";
}

/* "entries.csv:4"; the folders above are those of the store. */
static void put_place(mtmi_buffer *out, const mtmi_compared_figure *figure) {
    const char *file = file_of(figure), *slash = strrchr(file, '/');
    mtmi_buffer_text(out, slash != NULL ? slash + 1 : file);
    mtmi_buffer_format(out, ":%lld", (long long)figure->line);
}

static void write_text(const mtmi_compared_cell *changes, size_t n, mtmi_buffer *out) {
    size_t counts[4] = {0};
    char number[MTMI_WIDE_TEXT];
    for (size_t i = 0; i < n; i++) {
        counts[changes[i].kind]++;
    }
    mtmi_buffer_format(out, "Figures: %zu revised, %zu added, %zu removed, %zu the same\n", counts[MTMI_CHANGE_REVISED],
                       counts[MTMI_CHANGE_ADDED], counts[MTMI_CHANGE_REMOVED], counts[MTMI_CHANGE_NONE]);
    for (size_t i = 0; i < n; i++) {
        const mtmi_compared_cell *change = &changes[i];
        const int both = change->kind == MTMI_CHANGE_REVISED;
        if (change->kind == MTMI_CHANGE_NONE) {
            continue;
        }
        mtmi_buffer_format(out, "%s%s  %s  %s%s%s: ", words[change->kind],
                           change->kind == MTMI_CHANGE_ADDED ? "  " : "", change->table, change->period,
                           change->cell[0] != '\0' ? "  " : "", change->cell);
        mtmi_buffer_text(out, value_of(&change->sides[change->kind == MTMI_CHANGE_ADDED], number));
        if (both) {
            mtmi_buffer_text(out, " -> ");
            mtmi_buffer_text(out, value_of(&change->sides[1], number));
        }
        mtmi_buffer_text(out, "  (");
        put_place(out, &change->sides[change->kind == MTMI_CHANGE_ADDED]);
        if (both) {
            mtmi_buffer_text(out, " -> ");
            put_place(out, &change->sides[1]);
        }
        mtmi_buffer_text(out, ")\n");
    }
}

static void write_csv(const mtmi_compared_cell *changes, size_t n, mtmi_buffer *out) {
    char number[MTMI_WIDE_TEXT];
    mtmi_buffer_text(out, "change,table,period,cell,before,after,before_file,before_line,after_file,after_line\r\n");
    for (size_t i = 0; i < n; i++) {
        const mtmi_compared_cell *change = &changes[i];
        if (change->kind == MTMI_CHANGE_NONE) {
            continue;
        }
        mtmi_buffer_format(out, "%s,", words[change->kind]);
        mtmi_csv_cell(out, change->table);
        mtmi_buffer_format(out, ",%s,", change->period);
        mtmi_csv_cell(out, change->cell);
        for (int which = 0; which < 2; which++) {
            mtmi_buffer_char(out, ',');
            mtmi_buffer_text(out, value_of(&change->sides[which], number));
        }
        for (int which = 0; which < 2; which++) {
            mtmi_buffer_char(out, ',');
            mtmi_csv_cell(out, file_of(&change->sides[which]));
            mtmi_buffer_char(out, ',');
            if (change->sides[which].is_there) {
                mtmi_buffer_int(out, change->sides[which].line);
            }
        }
        mtmi_buffer_text(out, "\r\n");
    }
}

static void put_side(mtmi_json *json, const char *key, const mtmi_compared_figure *figure) {
    char number[MTMI_WIDE_TEXT];
    mtmi_json_key(json, key);
    if (!figure->is_there) {
        mtmi_json_text(json, NULL);
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair(json, "value", figure->has_value ? value_of(figure, number) : NULL);
    mtmi_json_pair(json, "file", file_of(figure));
    mtmi_json_pair_int(json, "line", figure->line);
    mtmi_json_object_end(json);
}

static void write_json(const mtmi_compared_cell *changes, size_t n, mtmi_buffer *out) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_array(&json);
    for (size_t i = 0; i < n; i++) {
        const mtmi_compared_cell *change = &changes[i];
        if (change->kind == MTMI_CHANGE_NONE) {
            continue;
        }
        mtmi_json_object(&json);
        mtmi_json_pair(&json, "change", words[change->kind]);
        mtmi_json_pair(&json, "table", change->table);
        mtmi_json_pair(&json, "period", change->period);
        mtmi_json_pair(&json, "cell", change->cell);
        put_side(&json, "before", &change->sides[0]);
        put_side(&json, "after", &change->sides[1]);
        mtmi_json_object_end(&json);
    }
    mtmi_json_array_end(&json);
}

void mtmi_changes_write(const mtmi_compared_cell *changes, size_t n, mtm_format format, mtmi_buffer *out) {
    if (format == MTM_FORMAT_JSON) {
        write_json(changes, n, out);
    } else if (format == MTM_FORMAT_CSV) {
        write_csv(changes, n, out);
    } else {
        write_text(changes, n, out);
    }
}
