/* In: a package, its folder, the indicators. Out: what of it no figure is made of, and why. Does not know how figures are made. */
#include "unused.h"

#include <string.h>

size_t unused_values(const mtm_results *results) {
    size_t n = 0;
    for (size_t i = 0; i < mtm_results_count(results); i++) {
        mtm_result_info about = MTM_RESULT_INFO_INIT;
        n += mtm_result_get(mtm_results_at(results, i), MTM_LANGUAGE_EN, &about) &&
             (about.has_value || about.n_rows > 0);
    }
    return n;
}

/* The first error of each file: later ones mostly follow from it. */
static size_t write_refused(const char *folder, const mtm_period *as_of, FILE *out) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(folder);
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    mtm_check *check = NULL;
    char last[512] = "";
    size_t n = 0;
    read.as_of = as_of;
    if (mtm_check_read(&source, &read, &check, NULL) != MTM_OK) {
        return 0;
    }
    for (size_t i = 0; i < mtm_check_count(check); i++) {
        mtm_diagnostic one = {0};
        if (!mtm_check_at(check, i, &one) || !one.error || strcmp(one.file, last) == 0) {
            continue;
        }
        snprintf(last, sizeof last, "%s", one.file);
        fprintf(out, "  %s", one.file);
        if (one.line > 0) {
            fprintf(out, ":%lld", (long long)one.line);
        }
        fprintf(out, ": found %s, expected %s%s%s\n", one.found, one.expected, one.hint[0] != '\0' ? "; " : "",
                one.hint);
        n++;
    }
    mtm_check_free(check);
    return n;
}

/* What a package has read is without errors, and rows of microdata that are refused stand in the limitations. */
static int may_refuse(const mtm_package *package) {
    mtm_package_info about = MTM_PACKAGE_INFO_INIT;
    mtm_package_get(package, MTM_LANGUAGE_EN, &about);
    return about.n_left_out + about.n_surveys > 0;
}

/* Hours of observation are a calendar: what was seen at points is compared by the days on which they were open. */
static int is_calendar(const mtm_dataset_info *dataset) {
    return strcmp(dataset->concept_id, "observation") == 0 && strcmp(dataset->unit, "hours") == 0;
}

/* Whether an indicator reads the concept, and the unit it demands of it. */
static int is_read(const mtm_catalogue *catalogue, const mtm_dataset_info *dataset, const char **unit) {
    const mtm_indicator *one;
    int found = 0;
    *unit = NULL;
    for (size_t i = 0; (one = mtm_catalogue_at(catalogue, i)) != NULL; i++) {
        mtm_indicator_info about = MTM_INDICATOR_INFO_INIT;
        if (mtm_indicator_get(one, MTM_LANGUAGE_EN, &about) && strcmp(about.concept_id, dataset->concept_id) == 0) {
            *unit = about.unit;
            found |= strcmp(about.unit, dataset->unit) == 0 || dataset->kind == MTM_KIND_SHARE;
        }
    }
    return found;
}

/* Whether a figure, one that it is compared with, or a part of one comes from the dataset. */
static int is_in_figures(const mtm_results *results, const char *name) {
    for (size_t i = 0; i < mtm_results_count(results); i++) {
        mtm_step step = MTM_STEP_INIT;
        for (size_t k = 0; mtm_result_step(mtm_results_at(results, i), k, &step); k++) {
            if (strcmp(step.dataset, name) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether indicators of the concept find nothing, although it is there: its figures lack what they select by. */
static int is_missed(const mtm_results *results, const char *concept) {
    int missed = 0;
    for (size_t i = 0; i < mtm_results_count(results); i++) {
        mtm_result_info about = MTM_RESULT_INFO_INIT;
        if (!mtm_result_get(mtm_results_at(results, i), MTM_LANGUAGE_EN, &about) ||
            strcmp(about.concept_id, concept) != 0) {
            continue;
        }
        if (!about.has_value && about.reason != MTM_REASON_NO_DATA) {
            return 0; /* the limitations say why */
        }
        missed |= !about.has_value;
    }
    return missed;
}

size_t unused_write(const char *folder, const mtm_period *as_of, const mtm_package *package,
                    const mtm_catalogue *catalogue, const mtm_results *results, FILE *out) {
    size_t n = may_refuse(package) ? write_refused(folder, as_of, out) : 0;
    for (size_t i = 0; i < mtm_package_count(package); i++) {
        mtm_dataset_info about = MTM_DATASET_INFO_INIT;
        const char *unit = NULL;
        if (!mtm_dataset_get(mtm_package_at(package, i), MTM_LANGUAGE_EN, &about) || is_calendar(&about)) {
            continue;
        }
        const int read = is_read(catalogue, &about, &unit);
        if (read && (is_in_figures(results, about.name) || !is_missed(results, about.concept_id))) {
            continue;
        }
        n++;
        if (read) {
            fprintf(
                out,
                "  %s (%s): no figure of %s is made of it; indicators take figures of one direction or type, such as "
                "\"dimensions\": {\"direction\": \"IN\"} or {\"type\": \"PRP\"}: mtm indicators lists them\n",
                about.name, about.file, about.concept_id);
        } else if (about.concept_id[0] == '\0') {
            fprintf(
                out,
                "  %s (%s): nothing says what is counted; paste under its mtm: \"concept\": \"migration\" or another, "
                "\"kind\": \"flow\", \"unit\": \"persons\"\n",
                about.name, about.file);
        } else if (unit != NULL) {
            fprintf(
                out,
                "  %s (%s): %s in %s, and indicators of it are in %s; paste under its mtm: \"unit\": \"%s\" if it is\n",
                about.name, about.file, about.concept_id, about.unit[0] != '\0' ? about.unit : "no unit", unit, unit);
        } else {
            fprintf(out, "  %s (%s): no indicator reads %s; mtm indicators lists those that there are\n", about.name,
                    about.file, about.concept_id);
        }
    }
    return n;
}
