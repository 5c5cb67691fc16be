/* Everything a file or data package has wrong, and the balance of its rows.
 *
 *   check FILE
 *   check figures.csv
 */
#include <mtm.h>

#include <stdio.h>

static void print_diagnostic(const mtm_diagnostic *d) {
    printf("%s:%lld:%lld: %s %03d: found %s, expected %s\n", d->file, (long long)d->line, (long long)d->column,
           d->error ? "error" : "note", (int)d->code, d->found, d->expected);
}

int main(int argc, char **argv) {
    static const char *const outcomes[] = {"ok", "ok, with notes", "rows were refused", "nothing can be built"};
    mtm_source source = MTM_SOURCE_PATH_INIT(argc > 1 ? argv[1] : NULL);
    mtm_check *check = NULL;
    mtm_diagnostic diagnostic;
    mtm_error err;
    char line[1100];

    if (argc != 2) {
        fprintf(stderr, "usage: check FILE\n");
        return 2;
    }
    if (mtm_check_read(&source, NULL, &check, &err) != MTM_OK) {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
        return 1;
    }
    for (size_t i = 0; mtm_check_at(check, i, &diagnostic); i++) {
        print_diagnostic(&diagnostic);
    }
    printf("%s\n%lld rows = %lld accepted + %lld rejected + %lld not data\n", outcomes[mtm_check_outcome(check)],
           (long long)mtm_check_rows(check, MTM_ROWS_IN), (long long)mtm_check_rows(check, MTM_ROWS_ACCEPTED),
           (long long)mtm_check_rows(check, MTM_ROWS_REJECTED), (long long)mtm_check_rows(check, MTM_ROWS_NOT_DATA));
    mtm_check_free(check);
    return 0;
}
