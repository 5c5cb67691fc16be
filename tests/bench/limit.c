/* The limit of the machine: reads a file in page-aligned blocks of 1 MiB and finds the line ends, nothing else; unpacks it
 * first when it is gzip. It prints the number of lines. No program that looks at the file's
 * rows can be faster.
 *
 *   limit FILE [--threads N]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef BENCH_ZLIB
#include <zlib.h>
#endif

#define BLOCK ((size_t)1 << 20)
#define THREADS_MAX 64

static int descriptor;
static uint64_t n_blocks;
static atomic_ullong next_block, n_lines;

/* Eight lanes of bytes, added up before they can overflow: compilers make vector code of it. */
#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
static uint64_t
count_lines(const unsigned char *bytes, size_t n) {
    uint64_t lines = 0;
    size_t at = 0, i;
    while (at < n) {
        size_t run = n - at < 128 * 64 ? n - at : 128 * 64;
        unsigned lanes = 0;
        for (i = 0; i < run; i++)
            lanes += bytes[at + i] == '\n';
        lines += lanes;
        at += run;
    }
    return lines;
}

static void *work(void *unused) {
    unsigned char *block = aligned_alloc(4096, BLOCK);
    uint64_t lines = 0, at;
    (void)unused;
    if (block == NULL)
        exit(1);
    while ((at = atomic_fetch_add(&next_block, 1)) < n_blocks) {
        ssize_t got = pread(descriptor, block, BLOCK, (off_t)(at * BLOCK));
        if (got < 0)
            exit(1);
        lines += count_lines(block, (size_t)got);
    }
    atomic_fetch_add(&n_lines, lines);
    free(block);
    return NULL;
}

static int count_packed(const char *path) {
#ifdef BENCH_ZLIB
    unsigned char *block = malloc(BLOCK);
    gzFile file = gzopen(path, "rb");
    uint64_t lines = 0;
    int got = -1;
    if (block == NULL || file == NULL)
        return 1;
    gzbuffer(file, 1 << 17);
    while ((got = gzread(file, block, (unsigned)BLOCK)) > 0)
        lines += count_lines(block, (size_t)got);
    gzclose(file);
    free(block);
    printf("%llu\n", (unsigned long long)lines);
    return got < 0;
#else
    fprintf(stderr, "limit: %s: built without zlib\n", path);
    return 1;
#endif
}

int main(int argc, char **argv) {
    pthread_t ids[THREADS_MAX];
    struct stat about;
    long n = argc > 3 && strcmp(argv[2], "--threads") == 0 ? strtol(argv[3], NULL, 10) : 1, i;
    if (argc < 2 || n < 1 || n > THREADS_MAX) {
        fprintf(stderr, "usage: limit FILE [--threads N]\n");
        return 2;
    }
    if (strlen(argv[1]) > 3 && strcmp(argv[1] + strlen(argv[1]) - 3, ".gz") == 0)
        return count_packed(argv[1]);
    descriptor = open(argv[1], O_RDONLY);
    if (descriptor < 0 || fstat(descriptor, &about) != 0) {
        perror(argv[1]);
        return 1;
    }
    n_blocks = ((uint64_t)about.st_size + BLOCK - 1) / BLOCK;
    for (i = 1; i < n; i++)
        if (pthread_create(&ids[i], NULL, work, NULL) != 0)
            return 1;
    work(NULL);
    for (i = 1; i < n; i++)
        pthread_join(ids[i], NULL);
    printf("%llu\n", (unsigned long long)n_lines);
    return 0;
}
