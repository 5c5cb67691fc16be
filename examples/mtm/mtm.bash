# Completion of mtm for bash. Made by mtm --generate bash from the program's own tables; a test compares.
_mtm_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

# The command, and how many operands stand before the cursor.
_mtm_command() {
    local i is_value=
    command= operands=0
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ -n $is_value ]]; then
            is_value=
        elif [[ ${COMP_WORDS[i]} == = ]]; then
            is_value=1
        elif [[ " $valued " == *" ${COMP_WORDS[i]} "* && ${COMP_WORDS[i + 1]} != = ]]; then
            is_value=1
        elif [[ ${COMP_WORDS[i]} == -* ]]; then
            :
        elif [[ -z $command ]]; then
            command=${COMP_WORDS[i]}
        else
            ((operands++))
        fi
    done
}

_mtm() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command operands formats known valued="--period --as-of --source --release --released --supersedes --by --note --by --where --answer --statistic --over --quantile --between --previous --interval --level --design --form --resource --threshold --by --sum --filter --ages --resource --country --concept --kind --unit --direction --told --sheet --table --notes --load --save --key-file --share --list --rejects --catalogue --top --threshold --threshold --ledger --method --p-percent --dominance --page --boundaries --language -l --format -f --output -o --threads --colour"
    COMPREPLY=()
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    _mtm_command
    case $command in
        report)
            formats="text markdown html json csv sdmx-csv xlsx ods docx sdmx-ml sdmx-structure sdmx-json json-stat json-ld csvw pptx sdmx-json-structure pdf"
            known="--period --as-of --catalogue --top --threshold --ledger --method --p-percent --dominance --page --boundaries --language --format --output --allow-guess --threads --colour --quiet --help --version" ;;
        compute)
            formats="text markdown html json csv sdmx-csv xlsx ods docx sdmx-ml sdmx-structure sdmx-json json-stat sdmx-json-structure"
            known="--period --as-of --catalogue --top --threshold --ledger --method --p-percent --dominance --boundaries --language --format --output --allow-guess --threads --colour --quiet --help --version" ;;
        explain)
            formats="text markdown html json csv xlsx ods"
            known="--period --as-of --catalogue --top --threshold --ledger --method --p-percent --dominance --language --format --output --allow-guess --threads --colour --quiet --help --version" ;;
        revisions)
            formats="text json csv"
            known="--as-of --catalogue --format --output --colour --quiet --help --version" ;;
        indicators)
            formats="text json csv"
            known="--catalogue --language --format --output --colour --quiet --help --version" ;;
        check)
            formats="text html json csv"
            known="--period --as-of --resource --microdata --rejects --propose --show --catalogue --format --output --allow-guess --colour --quiet --help --version" ;;
        describe)
            formats=""
            known="--resource --microdata --country --concept --kind --unit --direction --output --allow-guess --colour --quiet --help --version" ;;
        init)
            formats=""
            known="--microdata --country --concept --kind --unit --direction --ask --allow-guess --colour --quiet --help --version" ;;
        codes)
            formats="text json csv"
            known="--list --language --format --output --colour --quiet --help --version" ;;
        tabulate)
            formats="text json csv"
            known="--by --period --sum --filter --ages --resource --load --save --key-file --force --share --rejects --threshold --ledger --method --p-percent --dominance --format --output --allow-guess --threads --colour --quiet --help --version" ;;
        merge)
            formats=""
            known="--key-file --force --output --colour --quiet --help --version" ;;
        survey)
            formats="text json csv"
            known="--as-of --by --where --answer --statistic --over --quantile --between --previous --interval --level --design --form --resource --threshold --load --save --key-file --ledger --format --output --colour --quiet --help --version" ;;
        rows)
            formats="csv jsonl arrow"
            known="--told --sheet --table --tables --places --names --notes --format --output --allow-guess --colour --quiet --help --version" ;;
        store)
            formats="text json csv"
            known="--as-of --source --release --released --supersedes --by --note --format --output --colour --quiet --help --version" ;;
        *)
            known="--colour --quiet --help --version" ;;
    esac
    case $before in
        --previous|--design|--form|--resource|--notes|--load|--save|--key-file|--rejects|--catalogue|--ledger|--boundaries|--output|-o)
            _mtm_files
            return ;;
        --language|-l)
            COMPREPLY=($(compgen -W "en ru kk" -- "$word"))
            return ;;
        --colour)
            COMPREPLY=($(compgen -W "auto always never" -- "$word"))
            return ;;
        --format|-f)
            COMPREPLY=($(compgen -W "$formats" -- "$word"))
            return ;;
        --list)
            COMPREPLY=($(compgen -W "age-group assessment-type counted country country-group direction displacement-reason displacement-status observation-state operation-status permit-type purpose region-kz residence sector setting sex vulnerable-group worker-category" -- "$word"))
            return ;;
        --period)
            if [[ $command == tabulate ]]; then
                COMPREPLY=($(compgen -W "day month quarter half-year year" -- "$word"))
            fi
            return ;;
        --as-of|--source|--release|--released|--supersedes|--by|--note|--by|--where|--answer|--statistic|--over|--quantile|--between|--interval|--level|--resource|--threshold|--by|--sum|--filter|--ages|--country|--concept|--kind|--unit|--direction|--told|--sheet|--table|--share|--top|--threshold|--threshold|--method|--p-percent|--dominance|--page|--threads)
            return ;;
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$known" -- "$word"))
    elif [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "report compute explain revisions indicators check describe init codes tabulate merge survey rows store" -- "$word"))
    elif [[ $command == indicators || ( $command =~ ^(compute|explain)$ && $operands -eq 1 ) ]]; then
        COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" indicators --format csv 2>/dev/null |
            sed -e 1d -e 's/,.*//')" -- "$word"))
    elif [[ $command != codes ]]; then
        _mtm_files
    fi
}

complete -F _mtm mtm
