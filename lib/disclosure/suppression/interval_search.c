/* Cell suppression by moves: a move changes atoms by one each so that no shown sum notices (an integer vector of the
 * kernel, found by depth-first repair of broken sums); moves are applied as often as the numbers allow. Where there is
 * no move, branch and bound over the sums that could be withheld to make one finds a cheap set (compare Fischetti and
 * Salazar-Gonzalez, Solving the cell suppression problem on tabular data with linear constraints, 2001). The search may
 * give up; then more is withheld than need be, never less. Every change found is exact, in whole numbers. */
#include "disclosure/suppression/search_state.h"

#include <string.h>

enum {
    ROUNDS = 400,
    WIDTH = 8,
    SEEDS = 6,
    MOVE_NODES = 200,
    MOVE_SCAN = 6000,
    DIG_NODES = 400,
    DIG_SCAN = 64,
    SHORT_LIST = 96,
    BREAK_COST = 12, /* what putting a broken sum right is taken to cost */
    SLACK = 64
};

typedef struct option {
    int64_t score;
    uint32_t atom;
    int32_t by;
} option;

/* Keeps the WIDTH best, best first. */
static void keep_option(option *options, size_t *n, option one) {
    size_t at = *n;
    if (at == WIDTH && options[WIDTH - 1].score <= one.score) {
        return;
    }
    at = at == WIDTH ? WIDTH - 1 : at;
    for (; at > 0 && options[at - 1].score > one.score; at--) {
        options[at] = options[at - 1];
    }
    options[at] = one;
    *n += *n < WIDTH;
}

static uint32_t shortest_broken(const mtmi_search *search, int all) {
    uint32_t best = search->broken[0];
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < search->n_broken && i < 16; i++) {
        uint32_t s = search->broken[search->n_broken - 1 - i];
        size_t n = all ? mtmi_search_statement(search, s)->n : search->n_movable[s];
        if (n < least) {
            least = n;
            best = s;
        }
    }
    return best;
}

static int step_for(const mtmi_search *search, uint32_t s, int32_t sign) {
    return (search->state[s].off > 0) == (sign > 0) ? -1 : 1;
}

static int is_too_long(const mtmi_search *search) {
    return search->n_path >= search->limit || search->n_broken > (search->limit - search->n_path) * search->degree;
}

/* What tells equally good steps apart: somebody knows a count of one; and how soon an atom that falls stops a move. */
static int64_t unease(const mtmi_search *search, uint32_t atom, int by) {
    const int64_t now = search->now[atom];
    const int64_t tight = by > 0 || now >= search->missing ? 0 : now >= search->missing / 4 ? 1 : 2;
    return tight + (search->system->atoms[atom] == 1 ? 3 : 0);
}

/* Depth first, without withholding anything. The best step first, and others as long as there is slack: a wrong turn is
 * near the beginning as often as near the end. */
static int repair(mtmi_search *search) {
    option options[WIDTH];
    size_t n = 0;
    if (search->n_broken == 0) {
        return 1;
    }
    if (is_too_long(search) || search->nodes-- <= 0 || search->scanned > MOVE_SCAN) {
        return 0;
    }
    uint32_t s = shortest_broken(search, 0);
    const mtmi_system_term *terms = search->terms + mtmi_search_statement(search, s)->first;
    search->scanned += (int)search->n_movable[s];
    for (size_t i = 0; i < search->n_movable[s] && i < 4096; i++) {
        int score, by = step_for(search, s, terms[i].sign);
        if (mtmi_search_weigh(search, terms[i].at, by, &score)) {
            keep_option(options, &n, (option){8 * (int64_t)score + unease(search, terms[i].at, by), terms[i].at, by});
        }
    }
    const int slack = search->slack;
    for (size_t i = 0; i < n && (int)i <= slack; i++) {
        search->slack = slack - (int)i;
        mtmi_search_take(search, options[i].atom, options[i].by);
        if (repair(search)) {
            return 1;
        }
        mtmi_search_untake(search);
    }
    search->slack = slack;
    return 0;
}

/* ---- withholding more ---- */

static int64_t cost_of(const mtmi_search *search, uint32_t s) {
    return search->cost[s];
}

static int may_open(const mtmi_search *search, uint32_t s) {
    return (mtmi_search_statement(search, s)->flags & (MTMI_STATEMENT_FIXED | MTMI_STATEMENT_FROZEN)) == 0;
}

static void keep_best(mtmi_search *search, int64_t cost) {
    search->best_cost = cost;
    search->found = 1;
    search->n_best = search->n_path;
    memcpy(search->best, search->path, search->n_path * sizeof *search->path);
    search->n_best_opens = search->n_opens;
    memcpy(search->best_opens, search->opens, search->n_opens * sizeof *search->opens);
}

/* What a step costs that breaks the sum which is the atom alone; -1 where that must stay. */
static int64_t cost_of_single(const mtmi_search *search, uint32_t atom) {
    uint32_t single = search->system->single[atom];
    if (single == MTMI_NO_STATEMENT || !mtmi_search_binds(search, single)) {
        return 0;
    }
    return may_open(search, single) ? cost_of(search, single) : -1;
}

static size_t list_options(mtmi_search *search, uint32_t s, option *options) {
    const mtmi_system_term *terms = search->terms + mtmi_search_statement(search, s)->first;
    size_t n = 0, n_movable = search->n_movable[s], end = mtmi_search_statement(search, s)->n;
    end = end - n_movable > DIG_SCAN ? n_movable + DIG_SCAN : end;
    for (size_t i = n_movable > SHORT_LIST ? n_movable - SHORT_LIST : 0; i < end; i++) {
        int score, by = step_for(search, s, terms[i].sign);
        int64_t alone = cost_of_single(search, terms[i].at);
        if (alone >= 0 && mtmi_search_weigh(search, terms[i].at, by, &score)) {
            keep_option(
                options, &n,
                (option){alone + unease(search, terms[i].at, by) + BREAK_COST * (int64_t)score, terms[i].at, by});
        }
    }
    return n;
}

/* The dear way that always works: withholding all that the step breaks. */
static void open_all(mtmi_search *search) {
    int64_t cost = 0;
    int may = 1;
    while (search->n_broken > 0 && search->n_opens < MTMI_SEARCH_DEPTH && may) {
        uint32_t s = search->broken[search->n_broken - 1];
        may = may_open(search, s);
        if (may) {
            cost += cost_of(search, s);
            mtmi_search_open(search, s);
        }
    }
    if (search->n_broken == 0 && cost < search->best_cost) {
        keep_best(search, cost);
    }
    while (search->n_opens > 0) {
        mtmi_search_unopen(search);
    }
}

static void dig(mtmi_search *search, int64_t cost);

/* A step, and with it the sum that is the atom alone. */
static void dig_step(mtmi_search *search, uint32_t atom, int by, int64_t cost) {
    uint32_t single = search->system->single[atom];
    int opens = single != MTMI_NO_STATEMENT && mtmi_search_binds(search, single) && search->n_opens < MTMI_SEARCH_DEPTH;
    if (opens && !may_open(search, single)) {
        return;
    }
    mtmi_search_take(search, atom, by);
    if (opens) {
        mtmi_search_open(search, single);
    }
    dig(search, cost + (opens ? cost_of(search, single) : 0));
    if (opens) {
        mtmi_search_unopen(search);
    }
    mtmi_search_untake(search);
}

static void dig(mtmi_search *search, int64_t cost) {
    option options[WIDTH];
    if (cost >= search->best_cost) {
        return;
    }
    if (search->n_broken == 0) {
        keep_best(search, cost);
        return;
    }
    if (is_too_long(search) || search->n_opens >= MTMI_SEARCH_DEPTH || search->nodes-- <= 0) {
        return;
    }
    uint32_t s = shortest_broken(search, 1);
    size_t n = list_options(search, s, options);
    const int slack = search->slack;
    for (size_t i = 0; i < n && (int)i <= slack; i++) {
        search->slack = slack - (int)i;
        dig_step(search, options[i].atom, options[i].by, cost);
    }
    if (search->wide && may_open(search, s) && (n == 0 || slack > 0)) {
        search->slack = n == 0 ? slack : slack - 1;
        mtmi_search_open(search, s);
        dig(search, cost + cost_of(search, s));
        mtmi_search_unopen(search);
    }
    search->slack = slack;
}

/* ---- a target ---- */

static size_t target_terms(const mtmi_search *search, mtmi_target target, const mtmi_system_term **out,
                           mtmi_system_term *own) {
    if (target.statement == MTMI_NO_STATEMENT) {
        *own = (mtmi_system_term){target.atom, 1};
        *out = own;
        return 1;
    }
    *out = search->terms + mtmi_search_statement(search, target.statement)->first;
    return mtmi_search_statement(search, target.statement)->n;
}

static int64_t value_of(const mtmi_search *search, const mtmi_system_term *terms, size_t n) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += terms[i].sign * search->now[terms[i].at];
    }
    return sum;
}

/* How often the move on the path may be made: no atom below 0, no named row at 0, the target no further than needed. */
static int64_t times(const mtmi_search *search, const mtmi_move_step *path, size_t n) {
    const mtmi_system *system = search->system;
    int64_t most = search->missing;
    int64_t gain = 0;
    for (size_t i = 0; i < n; i++) {
        if (path[i].by < 0 && search->now[path[i].atom] < most) {
            most = search->now[path[i].atom];
        }
        gain += (int64_t)search->aim[path[i].atom] * path[i].by * (search->up ? 1 : -1);
        for (size_t k = system->atom_first[path[i].atom]; k < system->atom_first[path[i].atom + 1]; k++) {
            uint32_t s = system->atom_terms[k].at;
            int32_t off = search->state[s].off;
            if (off < 0 && search->persons && s != search->target && !mtmi_search_binds(search, s) &&
                search->state[s].listed) {
                int64_t room = (search->sum[s] - 1) / -off;
                most = room < most ? room : most;
            }
        }
    }
    return gain <= 0 ? 0 : most;
}

static int apply(mtmi_search *search, const mtmi_move_step *path, size_t n) {
    int64_t most = times(search, path, n);
    for (size_t i = 0; most > 0 && i < n; i++) {
        uint32_t atom = path[i].atom;
        if (search->now[atom] == search->system->atoms[atom]) {
            search->touched[search->n_touched++] = atom;
        }
        search->now[atom] += path[i].by * most;
        for (size_t k = search->system->atom_first[atom]; k < search->system->atom_first[atom + 1]; k++) {
            const mtmi_system_term *term = &search->system->atom_terms[k];
            search->sum[term->at] += term->sign * path[i].by * most;
        }
        if (search->now[atom] == search->system->atoms[atom]) { /* back again */
            size_t at = 0;
            while (search->touched[at] != atom) {
                at++;
            }
            search->touched[at] = search->touched[--search->n_touched];
        }
    }
    return most > 0;
}

static void forget_path(mtmi_search *search) {
    while (search->n_path > 0) {
        mtmi_search_untake(search);
    }
}

/* The step that brings an atom of the target the right way; 0 for none. */
static int seed_step(const mtmi_search *search, const mtmi_system_term *term) {
    int by = (term->sign > 0) == (search->up != 0) ? 1 : -1;
    int score;
    return mtmi_search_weigh(search, term->at, by, &score) ? by : 0;
}

/* Seeds to try: large ones when falling; those that nothing shown counts. */
static size_t list_seeds(mtmi_search *search, const mtmi_system_term *terms, size_t n, int blocked, option *seeds) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        int by = seed_step(search, &terms[i]), score = 0;
        int64_t alone = by != 0 ? cost_of_single(search, terms[i].at) : -1;
        if (alone < 0 || (alone > 0 && !blocked)) {
            continue;
        }
        mtmi_search_weigh(search, terms[i].at, by, &score);
        keep_option(seeds, &found, (option){alone + 2 * (int64_t)score, terms[i].at, by});
    }
    return found;
}

/* Short moves first: a square of a table of two dimensions, a cube of one of three. */
static const size_t limits[] = {4, 8, 24};
enum { LIMITS = sizeof limits / sizeof *limits };

static void set_limit(mtmi_search *search, uint32_t atom, size_t limit) {
    search->limit = limit;
    search->degree = search->system->atom_first[atom + 1] - search->system->atom_first[atom];
}

static void forget_vain(mtmi_search *search) {
    while (search->n_vain > 0) {
        search->vain[search->vain_at[--search->n_vain]] = 0;
    }
}

static void note_vain(mtmi_search *search, uint32_t atom, size_t limit) {
    if (search->vain[atom] == 0) {
        search->vain_at[search->n_vain++] = atom;
    }
    search->vain[atom] = (unsigned char)(limit + 1);
}

static int move_from(mtmi_search *search, const option *seed, size_t limit) {
    set_limit(search, seed->atom, limits[limit]);
    search->nodes = MOVE_NODES;
    search->scanned = 0;
    int moved = 0;
    mtmi_search_take(search, seed->atom, seed->by);
    for (int slack = 0; slack < SLACK && !moved && search->nodes > 0; slack = 2 * slack + 1) {
        search->slack = slack;
        moved = repair(search);
    }
    moved = moved && apply(search, search->path, search->n_path);
    forget_path(search);
    return moved;
}

/* A target takes many moves: where one was looked for in vain, it is not looked for again while others are found. */
static int move_target(mtmi_search *search, const mtmi_system_term *terms, size_t n) {
    option seeds[WIDTH];
    size_t found = list_seeds(search, terms, n, 0, seeds);
    int again;
    do {
        again = search->n_vain > 0;
        for (size_t i = 0; i < LIMITS * found; i++) {
            const option *seed = &seeds[i % found];
            size_t limit = i / found;
            if (search->vain[seed->atom] > limit) {
                continue;
            }
            if (move_from(search, seed, limit)) {
                return 1;
            }
            note_vain(search, seed->atom, limit);
        }
        forget_vain(search);
    } while (again);
    return 0;
}

static void commit_opens(mtmi_search *search) {
    for (size_t i = 0; i < search->n_best_opens; i++) {
        mtmi_search_hide(search, search->best_opens[i]);
        search->hidden[search->n_hidden++] = search->best_opens[i];
    }
}

static void dig_seed(mtmi_search *search, const option *seed, size_t limit) {
    set_limit(search, seed->atom, limit);
    search->nodes = search->wide == 2 ? 32 * DIG_NODES : DIG_NODES;
    mtmi_search_take(search, seed->atom, seed->by);
    if (search->wide) {
        open_all(search);
    }
    mtmi_search_untake(search);
    for (int slack = 0; slack < SLACK && search->nodes > 0; slack = 2 * slack + 1) {
        search->slack = slack;
        dig_step(search, seed->atom, seed->by, 0);
    }
}

static int open_for_target(mtmi_search *search, const mtmi_system_term *terms, size_t n) {
    option seeds[WIDTH];
    size_t found = list_seeds(search, terms, n, 1, seeds);
    search->best_cost = INT64_MAX;
    search->found = 0;
    for (search->wide = 0; search->wide < 3 && !search->found; search->wide++) {
        for (size_t i = 0; i < LIMITS * found; i++) {
            dig_seed(search, &seeds[i % found], limits[i / found]);
        }
    }
    if (!search->found) {
        return 0;
    }
    commit_opens(search);
    for (size_t i = 0; i < search->n_best; i++) {
        mtmi_search_take(search, search->best[i].atom, search->best[i].by);
    }
    int moved = apply(search, search->path, search->n_path);
    forget_path(search);
    return moved;
}

static void start(mtmi_search *search) {
    const mtmi_system *system = search->system;
    for (size_t i = 0; i < search->n_touched; i++) {
        uint32_t atom = search->touched[i];
        search->now[atom] = system->atoms[atom];
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            uint32_t s = system->atom_terms[k].at;
            search->sum[s] = system->statements[s].value;
        }
    }
    search->n_touched = search->n_changes = search->n_hidden = 0;
    forget_vain(search);
}

/* Brings the target to the goal from where the numbers are. */
static int go(mtmi_search *search, mtmi_target target, int64_t goal, int may_hide) {
    mtmi_system_term own;
    const mtmi_system_term *terms;
    int going = 1;
    size_t n = target_terms(search, target, &terms, &own);
    search->target = target.statement;
    for (size_t i = 0; i < n; i++) {
        search->aim[terms[i].at] = terms[i].sign;
    }
    for (int round = 0; going; round++) {
        int64_t value = value_of(search, terms, n);
        search->missing = search->up ? goal - value : value - goal;
        if (search->missing <= 0) {
            break;
        }
        going = (size_t)round < ROUNDS + 2 * n &&
                (move_target(search, terms, n) || (may_hide && open_for_target(search, terms, n)));
    }
    for (size_t i = 0; i < n; i++) {
        search->aim[terms[i].at] = 0;
    }
    search->n_changes = 0;
    for (size_t i = 0; i < search->n_touched; i++) {
        uint32_t atom = search->touched[i];
        search->changes[search->n_changes++] = (mtmi_change){atom, search->now[atom] - search->system->atoms[atom]};
    }
    return going;
}

int mtmi_search_reach(mtmi_search *search, mtmi_target target, int up, int persons, int64_t goal, int may_hide) {
    start(search);
    search->up = up;
    search->persons = persons;
    return go(search, target, goal, may_hide);
}

int mtmi_search_go_on(mtmi_search *search, mtmi_target target, int64_t goal) {
    forget_vain(search);
    search->n_hidden = 0;
    search->persons = 0;
    return go(search, target, goal, 0);
}

const mtmi_change *mtmi_search_changes(const mtmi_search *search, size_t *n) {
    *n = search->n_changes;
    return search->changes;
}

const uint32_t *mtmi_search_hidden(const mtmi_search *search, size_t *n) {
    *n = search->n_hidden;
    return search->hidden;
}
