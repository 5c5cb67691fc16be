/* Proposals: complete, honest about what they are unsure of, and - saved as they are - they read the files. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "../getters.h"
#include "failing.h"

#include <mtm.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/mtm-describe-XXXXXX";

static void save(const char *name, const char *text, size_t size) {
    char path[300];
    FILE *file;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void drop(const char *name) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

/* Describes files of the folder, saves the proposal there and gives it parsed. */
static json_t *described(const char *const *names, size_t n, const mtm_read_options *options) {
    static char paths[4][300];
    const char *given[4];
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    json_t *json;
    for (size_t i = 0; i < n; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
        given[i] = paths[i];
    }
    if (mtm_package_describe(given, n, options, &text, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    save("datapackage.json", mtm_buffer_data(text), mtm_buffer_size(text));
    json = json_loads(mtm_buffer_data(text), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    mtm_buffer_free(text);
    return json;
}

static mtm_check *checked_as_package(void) {
    mtm_check *check = NULL;
    assert_int_equal(mtm_check_read(FROM_PATH(folder), NULL, &check, NULL), MTM_OK);
    return check;
}

static const char *text_at(json_t *json, const char *pointer) {
    static char part[100];
    while (json != NULL && *pointer != '\0') {
        size_t n = strcspn(pointer, "/");
        snprintf(part, sizeof part, "%.*s", (int)n, pointer);
        json = json_is_array(json) ? json_array_get(json, (size_t)atoi(part)) : json_object_get(json, part);
        pointer += n + (pointer[n] == '/');
    }
    return json == NULL           ? "(absent)"
           : json_is_string(json) ? json_string_value(json)
           : json_is_true(json)   ? "true"
                                  : "(other)";
}

static int is_unsure_of(json_t *json, const char *word) {
    json_t *list =
        json_object_get(json_object_get(json_array_get(json_object_get(json, "resources"), 0), "mtm"), "unsure");
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (strstr(json_string_value(json_array_get(list, i)), word) != NULL) {
            return 1;
        }
    }
    return 0;
}

enum { GUESSED = 1, EVENTS = 2 };

/* One file: the proposal reads so many rows of it, as many as reading does alone, and says what is expected at a few places. */
static const struct {
    const char *text;
    size_t size; /* 0: up to the NUL */
    int64_t accepted, rejected;
    struct {
        const char *pointer, *value;
    } says[6];
    const char *unsure; /* a word of what it is unsure of; NULL for none */
    int told;           /* what the person says */
    /* clang-format off */
} files[] = {
    {"period,citizenship,persons\n2024-Q1,UZB,5\n2024-Q2,KGZ,6\n", 0, 2, 0,
     {{"resources/0/path", "t.csv"}, {"resources/0/encoding", "utf-8"}, {"resources/0/dialect/delimiter", ","},
      {"resources/0/schema/fields/0/mtm/role", "period"}, {"resources/0/schema/fields/1/mtm/dimension", "citizenship"},
      {"mtm/period", "2024-Q2"}}, "concept is not known", 0},
    {"дата;гражданство;число\n13.07.2024;Узбекистан;5\n01.08.2024;Киргизия;6\n", 0, 2, 0,
     {{"resources/0/mtm/dateOrder", "(absent)"}, {"resources/0/dialect/delimiter", ";"}}, "the day stands first", 0},
    {"date,country,persons\n01/07/2024,UZB,5\n02/07/2024,KGZ,6\n", 0, 0, 2, {{"resources/0/mtm/dateOrder", "(absent)"}}, "\"dateOrder\": \"dmy\"", 0},
    {"period;country;persons\n2024-Q1;UZB;50,5 %\n2024-Q2;UZB;12 1)\n2024-Q3;UZB;<5\n", 0, 0, 3,
     {{"resources/0/mtm/numbers/footnotes", "(absent)"}, {"resources/0/mtm/numbers/censored", "(absent)"}},
     "paste under mtm: \"numbers\": {\"footnotes\": true}", 0},
    {"period;country;persons\n2024-Q1;UZB;6,640\n2024-Q2;UZB;7\n", 0, 1, 1, {{"resources/0/name", "t"}}, "groupChar or decimalChar", 0},
    {"Migration of the population\n\nperiod,country,persons\n2024-Q1,UZB,5\n", 0, 1, 0,
     {{"resources/0/mtm/concept", "migration"}}, "from the word \"migration\"", 0},
    {"country,2024-Q1,2024-Q2\nUZB,10,20\nKGZ,30,40\n", 0, 2, 0,
     {{"resources/0/schema/fields/1/mtm/period", "2024-Q1"}, {"resources/0/schema/fields/2/mtm/role", "value"}}, NULL, 0},
    {"period,arrivals,departures,shoe size\n2024-Q1,5,6,43\n", 0, 1, 0,
     {{"resources/0/schema/fields/1/mtm/members/direction", "IN"}, {"resources/0/schema/fields/3/mtm/role", "(absent)"}}, "shoe size", 0},
    {"DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nIOM:MTM(1.0),KAZ,2024-Q1,5\n", 0, 1, 0, {{"resources/0/schema", "(absent)"}}, NULL, 0},
    {"period,country,persons\n2024-Q1,\xCF\xE5\xF2\xFF,5\n2024-Q2,\xC2\xE0\xF1\xFF,6\n"
     "2024-Q3,\xCA\xEE\xEB\xFF,7\n", 0, 3, 0, {{"resources/0/encoding", "windows-1251"}}, "encoding is a guess", GUESSED},
    {"period,country,persons\n2024-Q1,\xD0\xEE\xF1\xF1\xE8\xFF,5\n2024-Q2,\xCA\xE8\xF2\xE0\xE9,6\n"
     "2024-Q3,\xD3\xE7\xE1\xE5\xEA\xE8\xF1\xF2\xE0\xED,7\n", 0, 3, 0, {{"resources/0/name", "t"}}, "known words", 0},
    {"time,direction,citizenship,birth_year\n2024-04-01 08:00,in,UZB,1990\n2024-04-02 08:00,out,KGZ,1985\n", 0, 2, 0,
     {{"resources/0/mtm/microdata", "true"}, {"resources/0/mtm/cumulative", "(absent)"},
      {"resources/0/schema/fields/3/mtm/role", "birth-year"}}, "as was said", EVENTS},
    {"time,direction,citizenship,birth_year\n2024-04-01 08:00,in,UZB,1990\n2024-04-02 08:00,out,KGZ,1985\n", 0, 0, 0,
     {{"resources/0/mtm/microdata", "(absent)"}}, "\"microdata\": true", 0},
    {"a,b\nc,d\n", 0, 0, 0, {{"resources/0/mtm/microdata", "(absent)"}}, "column", 0},
};
/* clang-format on */

static void a_proposal_reads_its_file(void **state) {
    static const char *const names[] = {"t.csv"};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        mtm_check *check;
        json_t *json;
        save("t.csv", files[i].text, files[i].size > 0 ? files[i].size : strlen(files[i].text));
        mtm_read_options options = MTM_READ_OPTIONS_INIT;
        options.allow_guess = files[i].told == GUESSED;
        options.resource =
            files[i].told == EVENTS ? "{\"name\": \"e\", \"path\": \"e.csv\", \"mtm\": {\"microdata\": true}}" : NULL;
        json = described(names, 1, &options);
        check = checked_as_package();
        if (mtm_check_rows(check, MTM_ROWS_ACCEPTED) != files[i].accepted ||
            mtm_check_rows(check, MTM_ROWS_REJECTED) != files[i].rejected) {
            mtm_diagnostic first = {0};
            (void)mtm_check_at(check, 0, &first);
            print_error("file %zu: %d accepted, %d rejected; %s, %s\n", i,
                        (int)mtm_check_rows(check, MTM_ROWS_ACCEPTED), (int)mtm_check_rows(check, MTM_ROWS_REJECTED),
                        first.found, first.expected);
            wrong++;
        }
        for (size_t k = 0; k < 6 && files[i].says[k].pointer != NULL; k++) {
            const char *said = text_at(json, files[i].says[k].pointer);
            if (strcmp(said, files[i].says[k].value) != 0) {
                print_error("file %zu: %s is %s, expected %s\n", i, files[i].says[k].pointer, said,
                            files[i].says[k].value);
                wrong++;
            }
        }
        if (files[i].unsure != NULL && !is_unsure_of(json, files[i].unsure)) {
            print_error("file %zu: not unsure of %s\n", i, files[i].unsure);
            wrong++;
        }
        mtm_check_free(check);
        json_decref(json);
    }
    drop("t.csv");
    assert_int_equal(wrong, 0);
}

static void several_files_have_names_of_their_own(void **state) {
    static const char *const names[] = {"A b.csv", "a_b.csv", "a-b.tsv", "данные.csv"};
    static const char table[] = "period,country,persons\n2024-Q1,UZB,5\n";
    mtm_check *check;
    json_t *json;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        save(names[i], table, sizeof table - 1);
    }
    json = described(names, 4, NULL);
    assert_string_equal(text_at(json, "resources/0/name"), "a-b");
    assert_string_equal(text_at(json, "resources/1/name"), "a_b");
    assert_string_equal(text_at(json, "resources/2/name"), "a-b-2");
    assert_string_equal(text_at(json, "resources/3/name"), "данные");
    check = checked_as_package();
    assert_int_equal(mtm_check_outcome(check), MTM_OUTCOME_OK);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_ACCEPTED), 4);
    mtm_check_free(check);
    json_decref(json);
    for (size_t i = 0; i < 4; i++) {
        drop(names[i]);
    }
}

static void what_is_no_file_is_refused(void **state) {
    const char *absent[] = {"/tmp/there is no such file.csv"}, *none[] = {NULL}, *is_folder[] = {folder};
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_package_describe(absent, 1, NULL, &text, &err), MTM_ERROR_NOT_FOUND);
    assert_true(err.message[0] != '\0');
    assert_int_equal(mtm_package_describe(none, 1, NULL, &text, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_package_describe(NULL, 1, NULL, &text, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_package_describe(absent, 0, NULL, &text, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_package_describe(absent, 1, NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    drop("datapackage.json");
    assert_int_not_equal(mtm_package_describe(is_folder, 1, NULL, &text, &err), MTM_OK);
    assert_null(text);
}

static mtm_status describe_one(void *data, mtm_error *err) {
    mtm_buffer *text = NULL;
    mtm_status status = mtm_package_describe(data, 1, NULL, &text, err);
    assert_true((status == MTM_OK) == (text != NULL));
    mtm_buffer_free(text);
    return status;
}

static void memory_may_fail_anywhere(void **state) {
    static const char table[] = "period,country,persons\n13.07.2024,UZB,5 %\n14.07.2024,Congo,6\n";
    static const char events[] = "time,direction\n2024-04-01,in\n2024-04-02,out\n";
    char path[300];
    const char *paths[] = {path};
    (void)state;
    snprintf(path, sizeof path, "%s/t.csv", folder);
    save("t.csv", table, sizeof table - 1);
    assert_survives_failing_memory(describe_one, paths);
    save("t.csv", events, sizeof events - 1);
    assert_survives_failing_memory(describe_one, paths);
    drop("t.csv");
}

static mtm_status check_and_render(void *data, mtm_error *err) {
    mtm_check *check = NULL;
    mtm_buffer *text = NULL;
    mtm_status status = mtm_check_read(FROM_BYTES(data, strlen(data), "t.csv"), NULL, &check, err);
    if (status == MTM_OK) {
        status = mtm_check_render(check, MTM_FORMAT_JSON, NULL, &text, err);
    }
    mtm_buffer_free(text);
    mtm_check_free(check);
    return status;
}

static void a_check_survives_failing_memory(void **state) {
    char table[] = "Title\nperiod,country,persons,note\n2024-Q1,UZB,1 "
                   "598,a\n2024-Q1,Congo,6.640,\n2024-Q1,Total,007,b\n\nSource: x\n";
    (void)state;
    assert_survives_failing_memory(check_and_render, table);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    drop("datapackage.json");
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proposal_reads_its_file),       cmocka_unit_test(several_files_have_names_of_their_own),
        cmocka_unit_test(what_is_no_file_is_refused),      cmocka_unit_test(memory_may_fail_anywhere),
        cmocka_unit_test(a_check_survives_failing_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
