/* Any bytes as a datapackage.json beside one file: it is read or refused, and nothing outside the folder is opened. */
#include "../getters.h"
#include "reading.h"

#include <stdio.h>
#include <unistd.h>

static char folder[] = "/tmp/mtm-fuzz-XXXXXX";

static void save(const char *name, const void *bytes, size_t size) {
    char path[200];
    FILE *file;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK(size == 0 || fwrite(bytes, 1, size, file) == size);
    CHECK(fclose(file) == 0);
}

static void remove_folder(void) {
    char path[200];
    snprintf(path, sizeof path, "%s/t.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    unlink(path);
    rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char table[] = "period,country,persons\n2024-Q1,UZB,5\n2024-Q2,KGZ,6\n";
    static int made;
    mtm_check *check = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    mtm_status status;

    if (!made) {
        CHECK(mkdtemp(folder) != NULL);
        save("t.csv", table, sizeof table - 1);
        atexit(remove_folder);
        made = 1;
    }
    save("datapackage.json", data, size);
    status = mtm_check_read(FROM_PATH(folder), NULL, &check, &err);
    CHECK(status == MTM_OK || (err.message[0] != '\0' && check == NULL));
    if (status == MTM_OK) {
        check_forms(check);
    }
    mtm_check_free(check);
    status = mtm_package_read(FROM_PATH(folder), NULL, &package, &err);
    CHECK((status == MTM_OK) == (package != NULL));
    mtm_package_free(package);
    return 0;
}
