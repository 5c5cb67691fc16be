/* Proposes a datapackage.json that reads the given files, to be edited by a person. Paths are written as they must
 * stand in the folder where it is saved. */
#include "read/describe.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "period/period.h"
#include "read/descriptor/path.h"

#include <string.h>

/* How much of every path is the folder that all files have in common; 0 where the paths can stand as they are. */
static size_t common_folder(const char *const *paths, size_t n) {
    size_t common = 0;
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        wrong |= mtmi_path_wrong(paths[i]) != NULL;
    }
    if (!wrong) {
        return 0;
    }
    for (size_t at = 0; paths[0][at] != '\0'; at++) {
        for (size_t i = 1; i < n; i++) {
            if (paths[i][at] != paths[0][at]) {
                return common;
            }
        }
        common = paths[0][at] == '/' ? at + 1 : common;
    }
    return common;
}

/* A letter of a resource's name, lower case; 0 for anything else. Letters beyond ASCII are kept as they are. */
static char name_letter(char c) {
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80 ? c : '\0';
}

/* The file's name without its endings, in the letters that names of resources have: "bns ytd.csv.gz" is "bns-ytd". */
static void name_from(const char *path, char *out, size_t size) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    size_t n = 0;
    for (; *name != '\0' && n + 1 < size; name++) {
        char letter = name_letter(*name);
        if (*name == '.' && n > 0) {
            break;
        }
        if (letter != '\0' || (n > 0 && out[n - 1] != '-')) {
            out[n++] = letter != '\0' ? letter : '-';
        }
    }
    while (n > 0 && (out[n - 1] == '-' || ((unsigned char)out[n - 1] >= 0x80 && mtmi_text_valid(out, n) != n))) {
        n--;
    }
    out[n] = '\0';
    if (n == 0) {
        memcpy(out, "figures", 8);
    }
}

static int is_taken(const mtmi_proposal *proposals, size_t n, const char *name) {
    size_t i = 0;
    while (i < n && strcmp(proposals[i].name, name) != 0) {
        i++;
    }
    return i < n;
}

static char *unique_name(const mtmi_proposal *proposals, size_t n, const char *path) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    char base[120];
    name_from(path, base, sizeof base);
    mtmi_buffer_text(&name, base);
    for (int64_t number = 2; !name.failed && is_taken(proposals, n, name.data); number++) {
        mtmi_buffer_clear(&name);
        mtmi_buffer_text(&name, base);
        mtmi_buffer_char(&name, '-');
        mtmi_buffer_int(&name, number);
    }
    if (name.failed) {
        mtmi_buffer_free(&name);
        return NULL;
    }
    return name.data;
}

/* What could not be opened or is no file at all is no matter of description. */
static mtm_status refuse_unread(const mtmi_proposal *proposal, mtm_error *err) {
    for (size_t i = 0; i < proposal->check->n_entries; i++) {
        const mtmi_check_entry *entry = &proposal->check->entries[i];
        if (entry->error && (entry->status == MTM_ERROR_NOT_FOUND || entry->status == MTM_ERROR_IO ||
                             entry->status == MTM_ERROR_PATH)) {
            return mtmi_error_set(err, entry->status, entry->code, (mtmi_place){proposal->given, 0, 0}, "%s%s%s",
                                  entry->found, entry->expected[0] != '\0' ? ", expected " : "", entry->expected);
        }
    }
    return MTM_OK;
}

static mtm_status add_proposal(mtmi_proposal *proposals, size_t n, const char *path, size_t folder,
                               const mtm_read_options *options, const mtmi_asker *asker, mtm_error *err) {
    mtmi_proposal *proposal = &proposals[n];
    proposal->given = mtmi_memory_copy_text(path);
    proposal->path = mtmi_memory_copy_text(path + folder);
    proposal->name = unique_name(proposals, n, path);
    if (proposal->given == NULL || proposal->path == NULL || proposal->name == NULL) {
        return mtmi_error_memory(err);
    }
    proposal->told = options;
    MTMI_CHECK_STATUS(mtmi_proposal_read(proposal, options, asker, err));
    return refuse_unread(proposal, err);
}

/* The period to report on for a file's latest one: the quarter that a month completes, or that a stock's day ends. */
static mtm_period reported(mtm_period last) {
    int year, month, day;
    mtmi_day_split(last.last, &year, &month, &day);
    if (last.first == last.last) {
        return mtmi_period_around(day == 1 ? last.last - 1 : last.last, 3);
    }
    return mtmi_period_months(last) == 1 && month % 3 == 0 ? mtmi_period_around(last.last, 3) : last;
}

/* Under "mtm": the period to report on, and what the person is asked. */
static void write_own(const mtmi_proposal *proposals, size_t n, const char *folder, const char *country,
                      mtmi_json *json) {
    const mtmi_proposal *latest = NULL;
    char period[40];
    for (size_t i = 0; i < n; i++) {
        mtm_period own = reported(proposals[i].last), best = latest != NULL ? reported(latest->last) : own;
        if (proposals[i].has_last &&
            (latest == NULL || own.last > best.last || (own.last == best.last && own.first > best.first))) {
            latest = &proposals[i];
        }
    }
    mtmi_json_key(json, "mtm");
    mtmi_json_object(json);
    if (latest != NULL) {
        mtm_period_describe(reported(latest->last), period, sizeof period);
        mtmi_json_pair(json, "period", period);
    }
    if (country != NULL) {
        mtmi_json_pair(json, "country", country);
    }
    mtmi_json_key(json, "unsure");
    mtmi_json_array(json);
    if (country == NULL) {
        mtmi_json_text(json, "country is not in the files: the country reported on, such as KAZ");
    }
    mtmi_json_text(json, "title is what the report is called");
    if (latest != NULL) {
        mtmi_json_text(json, "period is the latest one in the files, of events the last quarter that they fill");
    }
    if (folder[0] != '\0') {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "paths count from the folder %s: save this file there as datapackage.json", folder);
        json->buffer->failed |= text.failed;
        mtmi_json_text(json, text.data != NULL ? text.data : "");
        mtmi_buffer_free(&text);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static mtm_status write_package(const mtmi_proposal *proposals, size_t n, const char *folder, const char *country,
                                mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtmi_json json;
    mtmi_json_start(&json, &buffer);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    mtmi_json_pair(&json, "name", n == 1 ? proposals[0].name : "package");
    write_own(proposals, n, folder, country, &json);
    mtmi_json_key(&json, "resources");
    mtmi_json_array(&json);
    for (size_t i = 0; i < n; i++) {
        mtmi_proposal_write(&proposals[i], &json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
    return mtmi_buffer_finish(&buffer, out, err);
}

static mtm_status describe(const char *const *paths, size_t n, const mtm_read_options *options, const mtmi_asker *asker,
                           mtm_buffer **out, mtm_error *err) {
    size_t folder = common_folder(paths, n);
    mtmi_proposal *proposals = mtmi_memory_new(n, sizeof *proposals);
    char *name = mtmi_memory_copy_bytes(paths[0], folder);
    mtm_status status = MTM_OK;
    if (proposals == NULL || name == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(add_proposal(proposals, i, paths[i], folder, options, asker, err));
    }
    MTMI_TRY(write_package(proposals, n, name, options->country, out, err));
out:
    for (size_t i = 0; proposals != NULL && i < n; i++) {
        mtmi_proposal_free(&proposals[i]);
    }
    mtmi_memory_free(proposals);
    mtmi_memory_free(name);
    return status;
}

mtm_status mtmi_package_describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                 const mtmi_asker *asker, mtm_buffer **out, mtm_error *err) {
    const mtmi_asker nobody = {NULL, NULL}, *who = asker != NULL ? asker : &nobody;
    char country[8] = "";
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    MTMI_CHECK_STATUS(mtmi_options_copy(&own, sizeof own, options, "options", err));
    if (who->ask != NULL && own.country == NULL) {
        MTMI_CHECK_STATUS(mtmi_ask_country(who, country, err));
        own.country = country[0] != '\0' ? country : NULL;
    }
    return describe(paths, n_paths, &own, who, out, err);
}
