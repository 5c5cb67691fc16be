/* Gives every file of a folder to a fuzz target: seeds, and inputs that once crashed. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int replay(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(1 << 22);
    size_t size;
    if (file == NULL || bytes == NULL) {
        return 1;
    }
    size = fread(bytes, 1, 1 << 22, file);
    fclose(file);
    uint8_t *exact = malloc(size > 0 ? size : 1); /* reading past the end is seen by the sanitizers and valgrind */
    if (exact == NULL) {
        return 1;
    }
    memcpy(exact, bytes, size);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    free(bytes);
    return 0;
}

int main(int n, char **arguments) {
    DIR *folder = n == 2 ? opendir(arguments[1]) : NULL;
    const struct dirent *one;
    size_t replayed = 0;
    if (folder == NULL) {
        fprintf(stderr, "give a folder of inputs\n");
        return 2;
    }
    while ((one = readdir(folder)) != NULL) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", arguments[1], one->d_name);
        if (one->d_name[0] != '.') {
            if (replay(path) != 0) {
                return 1;
            }
            replayed++;
        }
    }
    closedir(folder);
    printf("%zu inputs\n", replayed);
    return replayed == 0;
}
