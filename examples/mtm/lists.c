/* Writes the bash completion and the lists of the man page from the tables of commands and options. A test compares
 * them with the files that are installed. */
#include "lists.h"

#include "message.h"
#include "options.h"
#include "output.h"

#include <mtm.h>

#include <string.h>

/* Text of the man page: dashes are minus signs, a backslash or a point at the start of a line means itself. */
static void roff(FILE *stream, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-') {
            fputs("\\-", stream);
        } else if (text[i] == '\\') {
            fputs("\\e", stream);
        } else if ((text[i] == '.' || text[i] == '\'') && i == 0) {
            fprintf(stream, "\\&%c", text[i]);
        } else {
            putc(text[i], stream);
        }
    }
}

/* One sentence or clause a line, so that changes are easy to see. */
static void roff_lines(FILE *stream, const char *text, size_t length) {
    while (length > 0) {
        size_t n = 0, cut = 0;
        while (n < length && n < 100) {
            n++;
            cut = n < length && text[n] == ' ' ? n : n == length ? n : cut;
        }
        cut = cut == 0 ? length : cut;
        roff(stream, text, cut);
        putc('\n', stream);
        cut += cut < length;
        text += cut;
        length -= cut;
    }
}

static void roff_option(FILE *stream, const struct option *option) {
    fputs(".TP\n", stream);
    if (option->letter != 0) {
        fprintf(stream, "\\fB\\-%c\\fR, ", option->letter);
    }
    fputs("\\fB\\-\\-", stream);
    roff(stream, option->name, strlen(option->name));
    fputs("\\fR", stream);
    if (option->value != NULL) {
        fprintf(stream, "=\\fI%s\\fR", option->value);
    }
    putc('\n', stream);
    roff_lines(stream, option->help, strlen(option->help));
}

static int is_of_all(const struct option *option) {
    return option_fits(option, NULL);
}

static void roff_options(FILE *stream, const struct command *command) {
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (command == NULL ? is_of_all(&options[i]) : option_fits(&options[i], command) && !is_of_all(&options[i])) {
            roff_option(stream, &options[i]);
        }
    }
}

static void roff_command(FILE *stream, const struct command *command) {
    fprintf(stream, ".SS mtm %s \\fI%s\\fR\n", command->name, command->operands);
    for (const char *text = command->help; *text != '\0';) {
        const char *gap = strstr(text, "\n\n");
        size_t length = gap != NULL ? (size_t)(gap - text) : strlen(text);
        fputs(text != command->help ? ".PP\n" : "", stream);
        roff_lines(stream, text, length);
        text += length + (gap != NULL ? 2 : 0);
    }
    if (command->formats != NULL) {
        fputs(".PP\nFormats: ", stream);
        roff(stream, command_formats(command), strlen(command_formats(command)));
        fputs(".\n", stream);
    }
    roff_options(stream, command);
}

static void print_man(FILE *stream) {
    fputs(".SH COMMANDS\n", stream);
    for (size_t i = 0; i < n_commands; i++) {
        roff_command(stream, &commands[i]);
    }
    fputs(".SH OPTIONS OF EVERY COMMAND\n", stream);
    roff_options(stream, NULL);
}

static void bash_options(FILE *stream, const struct command *command) {
    int is_first = 1;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (option_fits(&options[i], command)) {
            fprintf(stream, "%s--%s", is_first ? "" : " ", options[i].name);
            is_first = 0;
        }
    }
}

/* The options that take a value of a kind, as a pattern of case. */
static void bash_kind(FILE *stream, value_kind kind, const char *action) {
    const char *between = "";
    fputs("        ", stream);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (options[i].kind == kind && kind != VALUE_EVERY) {
            fprintf(stream, "%s--%s", between, options[i].name);
            between = "|";
            if (options[i].letter != 0) {
                fprintf(stream, "|-%c", options[i].letter);
            }
        }
    }
    fprintf(stream, ")\n            %s\n            return ;;\n", action);
}

static void bash_lists(FILE *stream) {
    fputs("        --list)\n            COMPREPLY=($(compgen -W \"", stream);
    const mtm_codelist *list;
    for (size_t i = 0; (list = mtm_codelist_at(i)) != NULL; i++) {
        mtm_codelist_info about = MTM_CODELIST_INFO_INIT;
        mtm_codelist_get(list, MTM_LANGUAGE_EN, &about);
        fprintf(stream, "%s%s", i > 0 ? " " : "", about.id);
    }
    fputs("\" -- \"$word\"))\n            return ;;\n", stream);
}

static void bash_values(FILE *stream) {
    fputs("    case $before in\n", stream);
    bash_kind(stream, VALUE_FILE, "_mtm_files");
    bash_kind(stream, VALUE_LANGUAGE, "COMPREPLY=($(compgen -W \"en ru kk\" -- \"$word\"))");
    bash_kind(stream, VALUE_COLOUR, "COMPREPLY=($(compgen -W \"auto always never\" -- \"$word\"))");
    bash_kind(stream, VALUE_FORMAT, "COMPREPLY=($(compgen -W \"$formats\" -- \"$word\"))");
    bash_lists(stream);
    fputs("        --period)\n            if [[ $command == tabulate ]]; then\n"
          "                COMPREPLY=($(compgen -W \"day month quarter half-year year\" -- \"$word\"))\n"
          "            fi\n            return ;;\n",
          stream);
    fputs("        ", stream);
    const char *between = "";
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (options[i].kind == VALUE_TEXT && options[i].id != OPTION_PERIOD) {
            fprintf(stream, "%s--%s", between, options[i].name);
            between = "|";
        }
    }
    fputs(")\n            return ;;\n    esac\n", stream);
}

static void bash_commands(FILE *stream) {
    fputs("    case $command in\n", stream);
    for (size_t i = 0; i < n_commands; i++) {
        fprintf(stream, "        %s)\n            formats=\"%s\"\n            known=\"", commands[i].name,
                commands[i].formats != NULL ? command_formats(&commands[i]) : "");
        bash_options(stream, &commands[i]);
        fputs("\" ;;\n", stream);
    }
    fputs("        *)\n            known=\"", stream);
    bash_options(stream, NULL);
    fputs("\" ;;\n    esac\n", stream);
}

static void print_bash(FILE *stream) {
    fputs("# Completion of mtm for bash. Made by mtm --generate bash from the program's own tables; a test compares.\n"
          "_mtm_files() {\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "}\n\n"
          "# The command, and how many operands stand before the cursor.\n"
          "_mtm_command() {\n"
          "    local i is_value=\n"
          "    command= operands=0\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        if [[ -n $is_value ]]; then\n"
          "            is_value=\n"
          "        elif [[ ${COMP_WORDS[i]} == = ]]; then\n"
          "            is_value=1\n"
          "        elif [[ \" $valued \" == *\" ${COMP_WORDS[i]} \"* && ${COMP_WORDS[i + 1]} != = ]]; then\n"
          "            is_value=1\n"
          "        elif [[ ${COMP_WORDS[i]} == -* ]]; then\n"
          "            :\n"
          "        elif [[ -z $command ]]; then\n"
          "            command=${COMP_WORDS[i]}\n"
          "        else\n"
          "            ((operands++))\n"
          "        fi\n"
          "    done\n"
          "}\n\n"
          "_mtm() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command operands formats known valued=\"",
          stream);
    const char *between = "";
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (options[i].kind != VALUE_NONE && options[i].id != OPTION_EVERY) {
            fprintf(stream, "%s--%s", between, options[i].name);
            between = " ";
            if (options[i].letter != 0) {
                fprintf(stream, " -%c", options[i].letter);
            }
        }
    }
    fputs("\"\n"
          "    COMPREPLY=()\n"
          "    if [[ $word == = ]]; then\n"
          "        word=\n"
          "    elif [[ $before == = ]]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    _mtm_command\n",
          stream);
    bash_commands(stream);
    bash_values(stream);
    fputs("    if [[ $word == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$known\" -- \"$word\"))\n"
          "    elif [[ -z $command ]]; then\n"
          "        COMPREPLY=($(compgen -W \"",
          stream);
    for (size_t i = 0; i < n_commands; i++) {
        fprintf(stream, "%s%s", i > 0 ? " " : "", commands[i].name);
    }
    fputs("\" -- \"$word\"))\n"
          "    elif [[ $command == indicators || ( $command =~ ^(compute|explain)$ && $operands -eq 1 ) ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" indicators --format csv 2>/dev/null |\n"
          "            sed -e 1d -e 's/,.*//')\" -- \"$word\"))\n"
          "    elif [[ $command != codes ]]; then\n"
          "        _mtm_files\n"
          "    fi\n"
          "}\n\n"
          "complete -F _mtm mtm\n",
          stream);
}

int lists_print(const char *what) {
    struct output out;
    int is_man = strcmp(what, "man") == 0;
    if (!is_man && strcmp(what, "bash") != 0) {
        return complain_usage(NULL, "--generate \"%.40s\": expected bash or man", what);
    }
    int status = output_open(&out, NULL);
    if (is_man) {
        print_man(out.stream);
    } else {
        print_bash(out.stream);
    }
    return output_close(&out, status);
}
