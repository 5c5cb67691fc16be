/* Any bytes as an XLSForm beside an export: described, and its questions asked. What is no workbook is tried as the condition of a
 * question, for few inputs are workbooks. Each estimate's rows must balance. */
#include "asking.h"
#include "fuzz.h"

#include <mtm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char answers[] =
    "work,age,needs,grp/wage,needs/water\nyes,20,water cash,100,1\nno,,cash,,0\nyes,x,,50,\n,41,water,7,1\n";

static void read_with(const mtm_survey_options *options) {
    static const char *const questions[] = {"work", "age", "needs", "wage"};
    const mtm_source source = MTM_SOURCE_BYTES_INIT(answers, sizeof answers - 1, "t.csv");
    mtm_survey *survey = NULL;
    mtm_buffer *text = NULL;
    if (mtm_survey_read(&source, options, &survey, NULL) == MTM_OK) {
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

static void try_form(const uint8_t *data, size_t size) {
    char path[] = "/tmp/mtm-fuzz-XXXXXX";
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    int file = mkstemp(path);
    if (file >= 0 && write(file, data, size) == (ssize_t)size) {
        options.form = path;
        read_with(&options);
    }
    if (file >= 0) {
        close(file);
        unlink(path);
    }
}

/* Bytes that JSON takes as they are, as the condition of the wage. */
static void try_condition(const uint8_t *data, size_t size) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    char *design = malloc(2 * size + 80);
    size_t n = 0;
    n += (size_t)sprintf(design, "{\"questions\": {\"wage\": {\"asked\": {\"when\": \"");
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= ' ' && data[i] < 127) {
            design[n] = '\\';
            n += data[i] == '"' || data[i] == '\\';
            design[n++] = (char)data[i];
        }
    }
    memcpy(design + n, "\"}}}}", 6);
    options.survey = design;
    read_with(&options);
    free(design);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 2 && data[0] == 'P' && data[1] == 'K') {
        try_form(data, size);
    } else {
        try_condition(data, size);
    }
    return 0;
}
