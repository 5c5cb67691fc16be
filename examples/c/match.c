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
    static const char *const kinds[] = {"nothing known", "a code", "a total", "a group", "the rest", "not stated",
                                        "several codes"};
    printf("%s: %s", label, kinds[mtm_match_found(match)]);
    for (size_t i = 0; i < mtm_match_count(match); i++) {
        printf(" %s", mtm_match_code(match, i));
    }
    if (mtm_match_note(match) != NULL) {
        printf(" (%s)", mtm_match_note(match));
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
        mtm_match *match = NULL;
        if (mtm_codelist_match(list, argv[i], &match, &err) != MTM_OK) {
            return fail(&err);
        }
        print_match(argv[i], match);
        mtm_match_free(match);
    }
    return 0;
}
