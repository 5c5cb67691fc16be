/* What labels stand for, in one code list.
 *
 *   match LIST LABEL...
 *   match country Узбекистан "Korea" Uzbekistaan
 */
#include <mtm.h>

#include <stdio.h>

static int fail(const mtm_error *err) {
    char line[1100];
    mtm_error_describe(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    return 1;
}

static void print_match(const char *label, const mtm_match *match) {
    static const char *const kinds[] = {"nothing known", "a code",     "a total",      "a group",
                                        "the rest",      "not stated", "several codes"};
    printf("%s: %s", label, kinds[match->kind]);
    for (int i = 0; i < MTM_MATCH_CODES && match->codes[i] != NULL; i++) {
        printf(" %s", match->codes[i]);
    }
    if (match->note != NULL) {
        printf(" (%s)", match->note);
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    const mtm_codelist *list = NULL;
    mtm_error err;

    if (argc < 3) {
        fprintf(stderr, "usage: match LIST LABEL...\n");
        return 2;
    }
    if (mtm_codelist_find(argv[1], &list, &err) != MTM_OK) {
        return fail(&err);
    }
    for (int i = 2; i < argc; i++) {
        mtm_match match;
        if (mtm_codelist_match(list, argv[i], &match, &err) != MTM_OK) {
            return fail(&err);
        }
        print_match(argv[i], &match);
    }
    return 0;
}
