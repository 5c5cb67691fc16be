/* The table of commands. In and out: nothing; it is asked by the parser, --help, the man page and the completion. */
#include "commands.h"

#include <mtm.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define ANY_NUMBER SIZE_MAX
/* What the library has for a view of a report. */
#define REPORT_FORMATS "=report"
#define INDICATOR_FORMATS "=indicator"
#define LINEAGE_FORMATS "=lineage"

const struct command commands[] = {
    {COMMAND_REPORT, "report", "PACKAGE", 1, 1, REPORT_FORMATS, "make the report of a data package",
     "PACKAGE is a folder with a datapackage.json, or that file. The report has a section for each subject, with a "
     "finding, a table and a comparison with the previous period and with the same period of the year before; then the "
     "limitations of the data, and the bibliography. What the data cannot give is listed with the reason.\n\n"
     "Resources declared microdata are counted, each file once.",
     "mtm report kazakhstan-2024-q2\n"
     "mtm report kazakhstan-2024-q2 --language kk -o report.html\n"
     "mtm report kazakhstan-2024-q2 --period 2024 --as-of 2025-03-01",
     command_report},
    {COMMAND_COMPUTE, "compute", "PACKAGE INDICATOR", 2, 2, INDICATOR_FORMATS,
     "compute one indicator of a data package",
     "Writes the indicator's value, its comparisons and its breakdown, or the reason why there is none. mtm indicators "
     "lists the indicators.",
     "mtm compute kazakhstan-2024-q2 arrivals\n"
     "mtm compute kazakhstan-2024-q2 arrivals-by-origin --period 2024 --top 3\n"
     "mtm compute kazakhstan-2024-q2 net-migration --format json",
     command_compute},
    {COMMAND_EXPLAIN, "explain", "PACKAGE INDICATOR", 2, 2, LINEAGE_FORMATS,
     "show the file and line behind every figure of an indicator",
     "Writes the lineage of the value, of the bases it is compared with and of the breakdown: each observation with "
     "its file, line, release and value, and what was done with it.",
     "mtm explain kazakhstan-2024-q2 immigration --period 2023-Q2", command_explain},
    {COMMAND_REVISIONS, "revisions", "PACKAGE INDICATOR", 2, 2, "text json csv",
     "show how releases revised an indicator",
     "Writes the value of each period as its first release had it, and what each later one made of it: the revision "
     "and its "
     "per cent. Releases are the dates that releaseDate of a resource, or a column of release dates, states; of a "
     "store, each is "
     "computed from what had been released by its day. The "
     "formats csv "
     "and json have every period and release. Confidential figures are refused.",
     "mtm revisions kazakhstan-2024-q2 immigration\n"
     "mtm revisions kazakhstan-2024-q2 immigration --format csv",
     command_revisions},
    {COMMAND_INDICATORS, "indicators", "[INDICATOR]...", 0, ANY_NUMBER, "text json csv",
     "list the indicators, or define some of them",
     "Without an operand, lists every indicator of the catalogue in the order of the report. With operands, gives what "
     "each of them counts.",
     "mtm indicators\n"
     "mtm indicators net-migration --language ru",
     command_indicators},
    {COMMAND_CHECK, "check", "FILE|PACKAGE", 1, 1, "text html json csv",
     "read a file or data package and report every problem",
     "Reads everything and builds nothing. Writes how each column was recognised, how many rows were read, accepted, "
     "refused, or recognised as no data, the sums of the accepted rows, and a diagnostic with file, line and column "
     "for whatever was refused or assumed. The format csv holds the refused rows alone.\n\n"
     "With --show, and always as html, the rows are shown as they stand in the file, each cell with what it was taken "
     "for. "
     "Rows of confidential files and of microdata are not.\n\n"
     "With --propose the figures of a data package are computed, and for each one that is refused for what it covers "
     "the "
     "properties absent, incomplete, frame, aliases, unit and multiplier are tried: what restores the figure is "
     "printed, "
     "to be put into datapackage.json where it is true. --period, --as-of and --catalogue are for this alone.\n\n"
     "Ends with 0 when all rows were read, with or without notes, and with 1 when any was refused.",
     "mtm check figures.csv\n"
     "mtm check figures.csv --rejects refused.csv --format json\n"
     "mtm check figures.xlsx --show\n"
     "mtm check figures.xlsx -o figures.html\n"
     "mtm check crossings.csv --microdata\n"
     "mtm check 2024-q2 --propose",
     command_check},
    {COMMAND_DESCRIBE, "describe", "FILE...", 1, ANY_NUMBER, NULL, "propose a datapackage.json for files",
     "Writes a complete description, to be edited: encoding, dialect, the role of each column, the periods covered, "
     "and what the proposal is unsure of.",
     "mtm describe crossings.csv permits.csv -o datapackage.json", command_describe},
    {COMMAND_INIT, "init", "FOLDER [FILE]...", 1, ANY_NUMBER, NULL, "make a data package of files",
     "Makes FOLDER where there is none, copies the FILEs into it, and writes FOLDER/datapackage.json with a proposal "
     "for every data file found there (.csv, .tsv, .txt, .csv.gz, .xlsx, .ods, .px, .json, .jsonl, .arrow, also in "
     "folders "
     "inside "
     "it), to be edited. "
     "Nothing is ever overwritten.\n\n"
     "With --ask, on a terminal, each table is shown with what its cells were taken for, and what the files do not say "
     "is "
     "asked: the country, what is counted, flow or stock, the currency, arrivals or departures, how dashes, marks and "
     "dates are "
     "meant. Enter takes the suggestion or leaves the question open; the end of input writes nothing.",
     "mtm init 2024-q2 crossings.csv permits.csv\n"
     "mtm init 2024-q2 --ask\n"
     "mtm init folder-with-data",
     command_init},
    {COMMAND_CODES, "codes", "[TEXT]", 0, 1, "text json csv", "say what a label stands for",
     "Looks TEXT up in the code lists, as labels of data files are: by code, or by name in any language, exactly after "
     "normalisation and never by likeness. Ends with 1 when no list knows it.\n\n"
     "Without TEXT, writes the codes of --list, or the code lists.",
     "mtm codes Өзбекстан\n"
     "mtm codes Guinea --list country\n"
     "mtm codes --list sector --language ru",
     command_codes},
    {COMMAND_TABULATE, "tabulate", "[FILE]...", 0, ANY_NUMBER, "text json csv",
     "count microdata: one row per event, any number of rows",
     "Reads the FILEs (CSV, also gzipped; - is standard input) once, in threads, and writes a table for each --by; "
     "without --by, one count a period. Columns are recognised from their names, or said in --resource. Rows that "
     "cannot be read are refused, counted, and said on standard error, the first of them in full. The "
     "tables hold every cell as it is, small ones too: for publication make a report.\n\n"
     "JSON is one document: rows (in, accepted, rejected, not_data) and tables, each as docs/dataset-json.md has it. "
     "CSV with several tables has an empty line between them.",
     "mtm tabulate crossings.csv --by direction,citizenship\n"
     "mtm tabulate 2023.csv 2024.csv.gz --by direction --by year,purpose\n"
     "mtm tabulate 2024.csv --by month,checkpoint --filter direction=IN\n"
     "mtm tabulate 2024.csv --by direction --save 2024.mtm\n"
     "mtm tabulate crossings.csv --by direction --share 3/16 --save 3.mtm\n"
     "mtm tabulate --load 2024.mtm --format csv",
     command_tabulate},
    {COMMAND_MERGE, "merge", "STATE... -o STATE", 1, ANY_NUMBER, NULL, "add up counts saved by tabulate",
     "All states must count the same. The order does not matter, to the byte. A file that is in two states is refused, "
     "unless --force is given. mtm tabulate --load writes the tables of a state.",
     "mtm merge january.mtm february.mtm march.mtm -o quarter.mtm", command_merge},
    {COMMAND_SURVEY, "survey", "FILE|PACKAGE [QUESTION]", 1, 2, "text json csv",
     "estimate from a sample survey, with intervals",
     "Writes an estimate for each answer and group: share, mean, total, ratio, quantile, difference or test, with its "
     "standard error, its interval, the number of answers behind it, and how many did not answer and why. The design "
     "(weights, strata, clusters, populations) stands in the package, or in --design; without one every row counts 1. "
     "Estimates with fewer than 30 answers, or too wide an interval, stand in brackets.\n\n"
     "Without QUESTION, writes the design, the balance of rows and what was refused.",
     "mtm survey assessment-2024\n"
     "mtm survey assessment-2024 food_insecure --by population_group\n"
     "mtm survey assessment-2024 income --by sex --between F,M\n"
     "mtm survey answers.csv needs --design design.json --format csv",
     command_survey},
    {COMMAND_ROWS, "rows", "FILE", 1, 1, "csv jsonl arrow", "print the rows of any table",
     "Reads CSV, gzipped CSV, workbooks (.xlsx, .ods), PC-Axis files (.px), JSON records and Arrow files of any "
     "subject: encoding, "
     "delimiter, quotes, the rows above the "
     "table, the rows of its header and where the table ends are found out, without knowing a word in it. Where two "
     "readings fit, both are shown with the option that settles it, and nothing is printed.\n\n"
     "What is not printed is named on standard error, or in the file of --notes: titles, other tables, rows "
     "that cannot be cut into cells. A row with fewer cells than the table has columns is filled up, one with more "
     "keeps "
     "them. Exit status: 0 success, 1 input rejected or some of its rows.",
     "mtm rows figures.csv\n"
     "mtm rows report.xlsx --sheet 2 --tables\n"
     "mtm rows figures.txt --told delimiter=tab --told header=2 --places -f jsonl",
     command_rows},
    {COMMAND_STORE, "store", "add|list|show|export|diff|verify STORE [ARGUMENT]...", 2, 4, "text json csv",
     "keep what agencies release, and see it as of a day",
     "A store is a folder that holds every release as it came: files under the digest of their bytes, and a "
     "description of each release with its day. report, compute, explain, revisions and check take a store where they "
     "take a package; with --as-of they see what had been released by then.\n\n"
     "add STORE PACKAGE puts in a data package, all of it or nothing, and makes the store where there is none. list "
     "STORE tells the releases. show STORE writes the description of the package that they are. export STORE FOLDER "
     "writes that package with its files. diff STORE A B tells which figures of its tables were added, removed or "
     "revised from A to B: two releases as SOURCE/RELEASE, or two days. verify STORE reads everything and names what "
     "is damaged; it ends with 1 when anything is.\n\n"
     "Tables of several releases stand side by side, and for each figure the latest release counts. What a release "
     "supersedes is left out from its day on.",
     "mtm store add releases 2024-q2 --source border-service --released 2024-07-15\n"
     "mtm store list releases\n"
     "mtm report releases --as-of 2024-09-30\n"
     "mtm revisions releases arrivals\n"
     "mtm store diff releases border-service/2024-07-15 border-service/2024-10-15\n"
     "mtm store verify releases",
     command_store},
};

const size_t n_commands = sizeof commands / sizeof *commands;

const char *command_formats(const struct command *command) {
    static char names[512];
    const char *formats = command->formats;
    if (formats == NULL || formats[0] != '=') {
        return formats;
    }
    int32_t view = strcmp(formats, REPORT_FORMATS) == 0      ? MTM_FORMAT_REPORT
                   : strcmp(formats, INDICATOR_FORMATS) == 0 ? MTM_FORMAT_INDICATOR
                                                             : MTM_FORMAT_LINEAGE;
    size_t n = 0;
    names[0] = '\0';
    for (int i = 0; mtm_format_name((mtm_format)i) != NULL; i++) {
        const char *name = mtm_format_name((mtm_format)i);
        if ((mtm_format_properties((mtm_format)i) & view) != 0 && n + strlen(name) + 2 < sizeof names) {
            n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", n > 0 ? " " : "", name);
        }
    }
    if (view == MTM_FORMAT_REPORT && n + 5 < sizeof names) { /* the program prints it from html: pdf.c */
        (void)snprintf(names + n, sizeof names - n, " pdf");
    }
    return names;
}
