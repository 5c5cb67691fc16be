/* A store of releases: adds a data package to it, and tells what it holds and what the package of a day has.
 *
 *   store FOLDER PACKAGE SOURCE DAY
 *   store releases ../kazakhstan-2024-q2 statistics 2026-09-30
 */
#include <mtm.h>

#include <stdio.h>

/* The package of all that had been released by the day. */
static mtm_status print_package(const char *folder, const char *day, mtm_error *err) {
    mtm_source source = MTM_SOURCE_PATH_INIT(folder);
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_package *package = NULL;
    mtm_period as_of;
    mtm_status status = mtm_period_read(day, &as_of, err);

    options.as_of = &as_of;
    if (status == MTM_OK && (status = mtm_package_read(&source, &options, &package, err)) == MTM_OK) {
        printf("as of %s: %zu datasets\n", day, mtm_package_count(package));
    }
    mtm_package_free(package);
    return status;
}

int main(int argc, char **argv) {
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    mtm_store *store = NULL;
    mtm_status status;
    mtm_error err;
    char line[1100];

    if (argc != 5) {
        fprintf(stderr, "usage: store FOLDER PACKAGE SOURCE DAY\n");
        return 2;
    }
    release.source = argv[3];
    release.released = argv[4];
    release.received = "2026-10-01T08:00:00Z";
    if ((status = mtm_store_open(argv[1], 1, &store, &err)) == MTM_OK) {
        status = mtm_store_add(store, argv[2], &release, &err);
    }
    for (size_t i = 0; status == MTM_OK && mtm_store_at(store, i, &release); i++) {
        printf("%s %s: %zu files, released %s\n", release.source, release.release, release.n_files, release.released);
    }
    if (status == MTM_OK) {
        status = print_package(argv[1], argv[4], &err);
    }
    if (status != MTM_OK) {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    mtm_store_free(store);
    return status != MTM_OK;
}
