/* The TSV files that generate.c reads: a head of lines "#! word<TAB>text...", comments "# ...", rows of cells. */
#ifndef MTMI_CODELIST_GENERATE_FILE_H
#define MTMI_CODELIST_GENERATE_FILE_H

#include <stdint.h>
#include <stdio.h>

#define MAX_LINE 65536
#define MAX_COLUMNS 512

/* What the first lines of a file say. A file is a code list or one of the named tables. */
typedef struct file_head {
    char path[1024];
    char list[32], table[32]; /* exactly one of them is not empty */
    char titles[3][128];      /* of a list */
    char source[256];
} file_head;

/* Ends the program: the build fails with the file's name. */
void fail(const char *file, const char *what, const char *label);

/* Reads the head; fails where it is missing or incomplete, or the file's name is another. */
void read_head(const char *folder, const char *name, file_head *out);

FILE *open_rows(const char *path);
/* The next line that is no comment, cut at tabs; the number of its cells, 0 at the end. Lent until the next call. */
int next_row(FILE *file, char **columns);
/* Cuts text at the mark: the part is ended by NUL, *rest is what follows or NULL. */
char *next_part(char **rest, char mark);

void put_text(const char *text); /* a C string literal */
void put_day(int32_t day);
int32_t day_of(const char *text, int32_t otherwise);

#endif
