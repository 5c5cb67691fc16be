/* Shows rows in a terminal: in columns as wide as they need and as many as fit, each cell in the colour of what it was taken
 * for. The same is said in words, so that nothing depends on colour: what a row is beside it, what a column is under the
 * header. */
#include "read/check/check_page.h"

#include "base/format.h"
#include "base/text.h"

#include <string.h>

#define CELL_WIDTH 22u
#define KIND_WIDTH 8u

/* How the columns are laid out. */
typedef struct layout {
    const mtmi_picture *picture;
    size_t line_width, widths[MTMI_PICTURE_CELLS];
    size_t n, all; /* columns that fit; columns there are */
} layout;

static const char *colour_of(unsigned char kind) {
    static const char *const colours[MTMI_CELL_CLASSES] = {
        "",           MTMI_PAGE_BOLD,   MTMI_PAGE_CYAN, MTMI_PAGE_LEAF,
        "",           MTMI_PAGE_VIOLET, MTMI_PAGE_DIM,  MTMI_PAGE_SAND,
        MTMI_PAGE_DIM};
    return kind < MTMI_CELL_CLASSES ? colours[kind] : "";
}

/* The cell as a terminal can show it, cut to the width of a column. Gives its width; SIZE_MAX without memory. */
static size_t write_cell(const mtmi_picture *picture, const mtmi_shown_cell *cell, mtmi_buffer *out) {
    char text[MTMI_PICTURE_TEXT * 3 + 8];
    size_t n = cell->length < sizeof text - 1 ? cell->length : sizeof text - 1;

    mtmi_buffer_clear(out);
    memcpy(text, picture->text.data + cell->text, n);
    text[mtmi_text_valid(text, n)] = '\0';
    (void)mtmi_check_line(text, 0, CELL_WIDTH, out);
    return out->failed ? SIZE_MAX : mtmi_text_width(out->data != NULL ? out->data : "", out->size);
}

/* What the figures, labels and periods of a column are: its first cell of a row of data. */
static unsigned char class_of_column(const mtmi_picture *picture, size_t column) {
    unsigned char kind = MTMI_CELL_BLANK;
    for (size_t i = 0; i < picture->n_rows; i++) {
        const mtmi_shown_row *row = &picture->rows[i];
        int is_data = row->kind == MTMI_SHOWN_DATA || (row->kind == MTMI_SHOWN_REFUSED && kind == MTMI_CELL_BLANK);
        unsigned char here = column < row->n && is_data ? picture->cells[row->first + column].kind : MTMI_CELL_BLANK;
        if (here != MTMI_CELL_BLANK && here != MTMI_CELL_TOTAL) {
            return here;
        }
        kind = here != MTMI_CELL_BLANK ? here : kind;
    }
    return kind;
}

static void measure(layout *page, size_t room, mtmi_buffer *text) {
    const mtmi_picture *picture = page->picture;
    int64_t last = 1;

    for (size_t i = 0; i < picture->n_rows; i++) {
        const mtmi_shown_row *row = &picture->rows[i];
        int apart = row->n == 1 || row->kind == MTMI_SHOWN_APART; /* a title needs no column */
        last = row->line > last ? row->line : last;
        page->all = row->all > page->all ? row->all : page->all;
        for (size_t k = 0; k < row->n && !(apart && k == 0); k++) {
            size_t width = write_cell(picture, &picture->cells[row->first + k], text);
            width = width == SIZE_MAX ? 1 : width > CELL_WIDTH ? CELL_WIDTH : width;
            page->widths[k] = width > page->widths[k] ? width : page->widths[k];
        }
    }
    char digits[24];
    page->line_width = mtmi_format_int(last, digits);
    size_t at = 2 + page->line_width + 2 + KIND_WIDTH;
    for (; page->n < page->all && page->n < MTMI_PICTURE_CELLS; page->n++) {
        size_t named = strlen(mtmi_cell_class_name(class_of_column(picture, page->n)));
        page->widths[page->n] = named > page->widths[page->n] ? named : page->widths[page->n];
        at += 2 + page->widths[page->n];
        if (at > room && page->n > 0) {
            return;
        }
    }
}

static void write_gutter(const mtmi_page *page, const layout *show, int64_t line, const char *word) {
    char digits[24];
    size_t n = line > 0 ? mtmi_format_int(line, digits) : 0;
    mtmi_page_paint(page, MTMI_PAGE_DIM);
    mtmi_buffer_repeat(page->out, " ", 2 + show->line_width - n);
    mtmi_buffer_add(page->out, digits, n);
    mtmi_page_text(page, "  ");
    mtmi_page_text(page, word);
    mtmi_buffer_repeat(page->out, " ", KIND_WIDTH - strlen(word));
    mtmi_page_paint(page, MTMI_PAGE_PLAIN);
}

static void write_padded(const mtmi_page *page, const char *text, size_t width, size_t room, const char *colour,
                         int right) {
    size_t pad = width < room ? room - width : 0;
    mtmi_page_text(page, "  ");
    mtmi_buffer_repeat(page->out, " ", right ? pad : 0);
    mtmi_page_paint(page, colour);
    mtmi_page_text(page, text);
    mtmi_page_paint(page, colour[0] != '\0' ? MTMI_PAGE_PLAIN : "");
    mtmi_buffer_repeat(page->out, " ", right ? 0 : pad);
}

/* Titles and remarks have the whole line. */
static void write_apart(const mtmi_page *page, const layout *show, const mtmi_shown_row *row) {
    char text[MTMI_PICTURE_TEXT * 3 + 8];
    size_t at = 4 + show->line_width + KIND_WIDTH;
    for (size_t k = row->first; k < row->first + row->n; k++) {
        const mtmi_shown_cell *cell = &show->picture->cells[k];
        size_t n = cell->length < sizeof text - 1 ? cell->length : sizeof text - 1;
        if (n > 0) {
            memcpy(text, show->picture->text.data + cell->text, n);
            text[mtmi_text_valid(text, n)] = '\0';
            mtmi_page_text(page, "  ");
            mtmi_page_paint(page, colour_of(cell->kind));
            mtmi_page_foreign(page, text, page->width > at + 12 ? page->width - at - 2 : 10);
            mtmi_page_paint(page, MTMI_PAGE_PLAIN);
            at += 2 + mtmi_text_width(text, strlen(text));
        }
    }
}

static void write_row(const mtmi_page *page, const layout *show, const mtmi_shown_row *row, mtmi_buffer *text) {
    write_gutter(page, show, row->line, mtmi_shown_kind_name(row->kind));
    if (row->kind == MTMI_SHOWN_APART || (row->n == 1 && show->n > 1)) {
        write_apart(page, show, row);
        mtmi_page_text(page, "\n");
        return;
    }
    for (size_t k = 0; k < show->n && k < row->n; k++) {
        const mtmi_shown_cell *cell = &show->picture->cells[row->first + k];
        size_t width = write_cell(show->picture, cell, text);
        int wrong = row->kind == MTMI_SHOWN_REFUSED && (row->wrong < 0 || row->wrong == (int)k);
        int right = cell->kind == MTMI_CELL_FIGURE || cell->kind == MTMI_CELL_TOTAL;
        write_padded(page, text->data != NULL && width != SIZE_MAX ? text->data : "", width == SIZE_MAX ? 0 : width,
                     show->widths[k], wrong ? MTMI_PAGE_RED : colour_of(cell->kind), right);
    }
    mtmi_page_text(page, "\n");
}

/* Under the header: what each column is. */
static void write_classes(const mtmi_page *page, const layout *show) {
    write_gutter(page, show, 0, "is");
    for (size_t k = 0; k < show->n; k++) {
        unsigned char kind = class_of_column(show->picture, k);
        const char *name = mtmi_cell_class_name((mtmi_cell_class)kind);
        write_padded(page, name, strlen(name), show->widths[k], colour_of(kind),
                     kind == MTMI_CELL_FIGURE || kind == MTMI_CELL_TOTAL);
    }
    mtmi_page_text(page, "\n");
}

/* The last row of the header, or what stands above the first row of data where there is none. */
static size_t end_of_header(const mtmi_picture *picture) {
    size_t end = SIZE_MAX;
    for (size_t i = 0; i < picture->n_rows && picture->rows[i].kind <= MTMI_SHOWN_HEADER; i++) {
        end = picture->rows[i].kind == MTMI_SHOWN_HEADER ? i : end;
    }
    for (size_t i = 0; i < picture->n_rows && end == SIZE_MAX && picture->rows[i].kind != MTMI_SHOWN_DATA; i++) {
        end = picture->rows[i].kind == MTMI_SHOWN_HEADER ? i : end;
    }
    return end;
}

void mtmi_page_picture(const mtmi_page *page, const mtmi_check_file *file) {
    const mtmi_picture *picture = &file->picture;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    layout show = {picture, 0, {0}, 0, 0};
    size_t beyond = picture->n_rows - picture->n_beyond, header = end_of_header(picture);

    if (picture->n_rows == 0) {
        return;
    }
    measure(&show, page->width, &text);
    mtmi_page_text(page, "\n");
    for (size_t i = 0; i < picture->n_rows; i++) {
        if (i == beyond) {
            mtmi_page_text(page, "  ... rows of data are passed over; the others follow\n");
        }
        write_row(page, &show, &picture->rows[i], &text);
        if (i == header) {
            write_classes(page, &show);
        }
    }
    if (picture->seen > (int64_t)picture->n_rows) {
        mtmi_buffer_format(page->out, "  ... %zu of %lld rows are shown\n", picture->n_rows, (long long)picture->seen);
    }
    if (show.all > show.n) {
        mtmi_buffer_format(page->out, "  ... and %zu more columns\n", show.all - show.n);
    }
    page->out->failed |= text.failed;
    mtmi_buffer_free(&text);
}
