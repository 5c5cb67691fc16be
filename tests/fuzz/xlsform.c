/* A questionnaire as text, made a workbook: lines of cells with a bar between, the sheet choices after an empty line, an
 * export after another. The survey is described and its questions asked: each estimate's rows must balance. Random bytes are no
 * workbook and never get past the archive; these do. */
#include "asking.h"
#include "fuzz.h"

#include "render/office/office_workbook.h"

#include <mtm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CELL_MOST 400

static const char export[] = "work,age,needs,grp/wage,needs/water,_index\nyes,20,water "
                             "cash,100,1,1\nno,,cash,,0,2\nyes,x,,50,,3\n,41,water,7,1,4\n";

typedef struct cursor {
    const char *at, *end;
} cursor;

static int is_empty_line(const cursor *from) {
    return from->at == from->end || *from->at == '\n';
}

/* The cells of a line; *from is then at the next. */
static void put_line(mtmi_workbook *book, cursor *from) {
    mtmi_workbook_row(book);
    while (from->at < from->end && *from->at != '\n') {
        char cell[CELL_MOST + 1];
        size_t n = 0;
        for (; from->at < from->end && *from->at != '|' && *from->at != '\n'; from->at++) {
            if (n < CELL_MOST && ((unsigned char)*from->at >= ' ' || *from->at == '\t')) {
                cell[n++] = *from->at;
            }
        }
        cell[n] = '\0';
        mtmi_workbook_text(book, cell, MTMI_CELL_PLAIN);
        from->at += from->at < from->end && *from->at == '|';
    }
    from->at += from->at < from->end;
}

static void put_sheet(mtmi_workbook *book, const char *name, cursor *from) {
    static const unsigned char widths[1] = {10};
    mtmi_workbook_sheet(book, name, widths, 1);
    while (!is_empty_line(from)) {
        put_line(book, from);
    }
    from->at += from->at < from->end;
    mtmi_workbook_sheet_end(book);
}

static void read_with(const char *form, const char *data, size_t size) {
    static const char *const questions[] = {"work", "age", "needs", "wage", "debt"};
    const mtm_source source = MTM_SOURCE_BYTES_INIT(data, size, "t.csv");
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_buffer *text = NULL;
    options.form = form;
    if (mtm_survey_read(&source, &options, &survey, NULL) == MTM_OK) {
        if (mtm_survey_describe(survey, MTM_FORMAT_JSON, &text, NULL) != MTM_OK) {
            abort();
        }
        for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
            ask(survey, questions[i]);
        }
    }
    mtm_buffer_free(text);
    mtm_survey_free(survey);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cursor from = {(const char *)data, (const char *)data + size};
    mtmi_buffer bytes = MTMI_BUFFER_INIT;
    mtmi_workbook book;
    char path[] = "/tmp/mtm-fuzz-XXXXXX";
    mtmi_workbook_start(&book, &mtmi_workbook_xlsx, &bytes, "form", "fuzz");
    put_sheet(&book, "survey", &from);
    put_sheet(&book, "choices", &from);
    mtmi_workbook_finish(&book);
    int file = mkstemp(path);
    if (file >= 0 && write(file, bytes.data, bytes.size) == (ssize_t)bytes.size) {
        int own = from.at < from.end;
        read_with(path, own ? from.at : export, own ? (size_t)(from.end - from.at) : sizeof export - 1);
    }
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    mtmi_buffer_free(&bytes);
    return 0;
}
