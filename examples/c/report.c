/* Saves the report of a data package, and prints what it found, a sentence for each indicator that has a value.
 *
 *   report PACKAGE FILE [LANGUAGE]
 *   report ../kazakhstan-2024-q2 report.html ru
 */
#include <mtm.h>

#include <stdio.h>
#include <string.h>

static void print_findings(const mtm_report *report, const mtm_results *results) {
    for (size_t i = 0; i < mtm_results_count(results); i++) {
        mtm_result_info info = MTM_RESULT_INFO_INIT;
        mtm_result_get(mtm_results_at(results, i), MTM_LANGUAGE_EN, &info);
        if (info.has_value) {
            printf("%s\n", mtm_report_finding(report, info.id));
        }
    }
}

/* Each step takes what the one before made; the first that fails ends the work and fills err. */
static mtm_status make(const char *path, const char *file, mtm_language language, mtm_format format, mtm_error *err) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_report *report = NULL;
    mtm_buffer *text = NULL;
    mtm_status status = mtm_package_read(&source, NULL, &package, err);

    options.language = (int32_t)language;
    if (status == MTM_OK && (status = mtm_catalogue_new(&catalogue, err)) == MTM_OK &&
        (status = mtm_catalogue_compute(catalogue, package, NULL, &results, err)) == MTM_OK &&
        (status = mtm_report_new(results, &options, &report, err)) == MTM_OK &&
        (status = mtm_report_render(report, format, NULL, &text, err)) == MTM_OK &&
        (status = mtm_buffer_save(text, file, err)) == MTM_OK) {
        print_findings(report, results);
    }
    mtm_buffer_free(text);
    mtm_report_free(report);
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

int main(int argc, char **argv) {
    mtm_language language = MTM_LANGUAGE_EN;
    mtm_format format = MTM_FORMAT_TEXT;
    mtm_status status = MTM_OK;
    mtm_error err;
    char line[1100];

    if (argc < 3 || strrchr(argv[2], '.') == NULL) {
        fprintf(stderr, "usage: report PACKAGE FILE.html [LANGUAGE]\n");
        return 2;
    }
    if (argc > 3) {
        status = mtm_language_read(argv[3], &language, &err);
    }
    if (status == MTM_OK && (status = mtm_format_read(strrchr(argv[2], '.') + 1, &format, &err)) == MTM_OK) {
        status = make(argv[1], argv[2], language, format, &err);
    }
    if (status != MTM_OK) {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    return status != MTM_OK;
}
