/* Loops over cells and digits for which numpy needs many passes.

Each function does what the numpy code beside its call does, to the byte; where no compiler was at hand, that code runs
instead. Arrays come as contiguous buffers, positions as int64. A buffer whose size does not fit, or a position outside
of its buffer, raises ValueError before anything is read or written there. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define MOST 18

typedef struct {
    Py_buffer views[MOST];
    int held;
} Buffers;

static void release(Buffers *buffers) {
    while (buffers->held) PyBuffer_Release(&buffers->views[--buffers->held]);
}

/* Get the buffers of a call.  kinds: a letter for each, "r" to read, "w" to write. */
static int take(Buffers *buffers, PyObject *const *args, const char *kinds) {
    buffers->held = 0;
    for (; *kinds; kinds++) {
        int flags = *kinds == 'w' ? PyBUF_WRITABLE : PyBUF_SIMPLE;
        if (PyObject_GetBuffer(args[buffers->held], &buffers->views[buffers->held], flags) < 0) {
            release(buffers);
            return -1;
        }
        buffers->held++;
    }
    return 0;
}

static PyObject *refuse(Buffers *buffers) {
    release(buffers);
    PyErr_SetString(PyExc_ValueError, "buffers that do not fit together");
    return NULL;
}

#define ARRAY(type, name, place) type *name = (type *)buffers.views[place].buf
#define COUNT(place, type) ((int64_t)(buffers.views[place].len / (Py_ssize_t)sizeof(type)))

static int inside(const int64_t *starts, const int64_t *ends, int64_t rows, int64_t size) {
    for (int64_t row = 0; row < rows; row++)
        if (starts[row] < 0 || ends[row] < starts[row] || ends[row] > size) return 0;
    return 1;
}

/* Most cells are short, and calling memcpy for each costs more than copying the bytes. */
static inline void copy(uint8_t *to, const uint8_t *from, int64_t size, const uint8_t *limit, const uint8_t *end) {
    if (size <= 16 && to + 16 <= limit && from + 16 <= end)
        memcpy(to, from, 16);
    else
        memcpy(to, from, (size_t)size);
}

/* join(data, starts, ends, separators, sizes, out starts, out ends) -> bytes: see TextColumn.joined. */
static PyObject *join(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 7) return PyErr_Format(PyExc_TypeError, "7 arguments");
    if (take(&buffers, args, "rrrrrww") < 0) return NULL;
    ARRAY(const uint8_t, data, 0); ARRAY(const int64_t, starts, 1); ARRAY(const int64_t, ends, 2);
    ARRAY(const uint8_t, separators, 3); ARRAY(const int64_t, sizes, 4);
    ARRAY(int64_t, out_starts, 5); ARRAY(int64_t, out_ends, 6);
    int64_t rows = COUNT(1, int64_t), turns = COUNT(4, int64_t), size = COUNT(0, uint8_t), gaps = 0, total = 0;
    int fits = COUNT(2, int64_t) == rows && COUNT(5, int64_t) == rows && COUNT(6, int64_t) == rows && turns > 0;
    if (!fits || rows % turns || !inside(starts, ends, rows, size)) return refuse(&buffers);
    for (int64_t turn = 0; turn < turns; turn++) {
        if (sizes[turn] < 0) return refuse(&buffers);
        gaps += sizes[turn];
    }
    if (gaps > COUNT(3, uint8_t)) return refuse(&buffers);
    for (int64_t row = 0; row < rows; row++) total += ends[row] - starts[row];
    total += gaps * (rows / turns);
    PyObject *result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)total);
    if (result == NULL) {
        release(&buffers);
        return NULL;
    }
    uint8_t *out = (uint8_t *)PyBytes_AsString(result);
    Py_BEGIN_ALLOW_THREADS
    const uint8_t *limit = out + total, *end = data + size;
    int64_t at = 0, turn = 0, separator = 0;
    for (int64_t row = 0; row < rows; row++) {
        int64_t length = ends[row] - starts[row];
        copy(out + at, data + starts[row], length, limit, end);
        out_starts[row] = at;
        out_ends[row] = at += length;
        for (int64_t byte = 0; byte < sizes[turn]; byte++) out[at++] = separators[separator++];
        if (++turn == turns) turn = separator = 0;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    return result;
}

/* keep(data, marked, ends, out, out ends) -> size: the marked bytes of packed cells; see TextColumn.kept. */
static PyObject *keep(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 5) return PyErr_Format(PyExc_TypeError, "5 arguments");
    if (take(&buffers, args, "rrrww") < 0) return NULL;
    ARRAY(const uint8_t, data, 0); ARRAY(const uint8_t, marked, 1); ARRAY(const int64_t, ends, 2);
    ARRAY(uint8_t, out, 3); ARRAY(int64_t, out_ends, 4);
    int64_t size = COUNT(0, uint8_t), rows = COUNT(2, int64_t), from = 0, at = 0;
    int fits = COUNT(1, uint8_t) == size && COUNT(3, uint8_t) == size + 1 && COUNT(4, int64_t) == rows;
    for (int64_t row = 0; fits && row < rows; row++) {
        fits = ends[row] >= from && ends[row] <= size;
        from = ends[row];
    }
    if (!fits) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    from = 0;
    for (int64_t row = 0; row < rows; row++) {
        for (; from < ends[row]; from++) {
            out[at] = data[from];
            at += marked[from] != 0;
        }
        out_ends[row] = at;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    return PyLong_FromLongLong(at);
}

/* sums(data, weights, starts, ends, out): the sum of the weights (uint32, of each byte value) of each cell's bytes. */
static PyObject *sums(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 5) return PyErr_Format(PyExc_TypeError, "5 arguments");
    if (take(&buffers, args, "rrrrw") < 0) return NULL;
    ARRAY(const uint8_t, data, 0); ARRAY(const uint32_t, weights, 1);
    ARRAY(const int64_t, starts, 2); ARRAY(const int64_t, ends, 3); ARRAY(uint32_t, out, 4);
    int64_t rows = COUNT(2, int64_t);
    int fits = COUNT(3, int64_t) == rows && COUNT(4, uint32_t) == rows && COUNT(1, uint32_t) == 256;
    if (!fits || !inside(starts, ends, rows, COUNT(0, uint8_t))) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    for (int64_t row = 0; row < rows; row++) {
        uint32_t sum = 0;
        for (int64_t at = starts[row]; at < ends[row]; at++) sum += weights[data[at]];
        out[row] = sum;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    Py_RETURN_NONE;
}

/* forms(data, ends, digits of each cell, its size of a calling code, out): see bare._forms. */
static PyObject *forms(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 5) return PyErr_Format(PyExc_TypeError, "5 arguments");
    if (take(&buffers, args, "rrrrw") < 0) return NULL;
    ARRAY(const uint8_t, data, 0); ARRAY(const int64_t, ends, 1); ARRAY(const int64_t, lengths, 2);
    ARRAY(const int64_t, sizes, 3); ARRAY(int64_t, out, 4);
    int64_t rows = COUNT(1, int64_t), from = 0;
    int fits = COUNT(2, int64_t) == rows && COUNT(3, int64_t) == rows && COUNT(4, int64_t) == rows;
    for (int64_t row = 0; fits && row < rows; row++) {
        fits = ends[row] >= from && ends[row] <= COUNT(0, uint8_t) && lengths[row] <= 24 && sizes[row] <= 24;
        from = ends[row];
    }
    if (!fits) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    from = 0;
    for (int64_t row = 0; row < rows; row++) {
        int64_t form = 1 | lengths[row] << 24, marks = 0, before = 0, groups = 0;
        for (; from < ends[row]; from++) {
            if ((uint8_t)(data[from] - '0') <= 9) {
                before++;
                continue;
            }
            int64_t mixed = (before + 1) * (data[from] + 7);
            marks += mixed * mixed % 8191;
            if (before > 0 && before < lengths[row]) groups |= (int64_t)1 << before;
        }
        form += groups;
        out[row] = form | (sizes[row] > 0 ? form >> sizes[row] & 1 : 0) << 29 | marks << 30;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    Py_RETURN_NONE;
}

/* The tables of e164.metadata.Tables, in the order in which engine.py gives them. */
enum {
    NEXT, SETTLED, VALUE, IDD_START, STRIP_START, VIABLE_START, STRIP_END, STRIP_REWRITES, PLAN_CODE, LENGTH_RESULT,
    MAIN_PLAN, NUMBER_START, PAYING, REASON, CODE_OF, CODE_SIZE, CODE_DIGITS, VERDICTS, TABLES
};
enum { PUNCTUATION, DIGIT, PLUS, OTHER, HARD };
enum { PREFIX_STAYS = 1, TOO_LONG = 2 };
#define MOST_DIGITS 20
#define LONGEST_NSN 17
#define LONGEST_INPUT 250
#define WIDTH 24

typedef struct {
    const int32_t *next, *value, *idd_start, *strip_start, *viable_start, *strip_end, *plan_code, *main_plan;
    const int32_t *number_start, *code_of, *code_size;
    const uint8_t *absorbing, *strip_rewrites, *paying, *code_digits, *verdicts;
    const int8_t *length_result, *reason;
    int64_t plans;
} Tables;

typedef struct {
    const uint8_t *digits;
    int length;
} Digits;

static inline int32_t walked(const Tables *tables, int32_t state, Digits number) {
    for (int place = 0; place < number.length && !tables->absorbing[state]; place++)
        state = tables->next[16 * state + number.digits[place]];
    return tables->value[state];
}

static inline int is_viable(const Tables *tables, int32_t plan, Digits number) {
    return walked(tables, tables->viable_start[plan], number) != 0;
}

/* Strip a national prefix, if there is one; return 0 if a rule would write other digits. */
static inline int strip(const Tables *tables, int32_t plan, Digits *number) {
    int32_t which = walked(tables, tables->strip_start[plan], *number);
    if (tables->strip_rewrites[which]) return 0;
    int32_t end = tables->strip_end[which];
    if (end > 0) {
        Digits rest = {number->digits + end, number->length - end};
        if (!is_viable(tables, plan, *number) || is_viable(tables, plan, rest)) *number = rest;
    }
    return 1;
}

static inline int32_t take_code(const Tables *tables, Digits *number) {
    const uint8_t *digits = number->digits;
    int32_t code = tables->code_of[digits[0] * 100 + digits[1] * 10 + digits[2]];
    if (code) {
        number->digits += tables->code_size[code];
        number->length -= tables->code_size[code];
    }
    return code;
}

static inline int begins_with(const Tables *tables, int32_t code, Digits number) {
    int32_t size = tables->code_size[code];
    if (number.length < size) return 0;
    for (int place = 0; place < size; place++)
        if (number.digits[place] != tables->code_digits[3 * code + place]) return 0;
    return 1;
}

/* The count of a cell's digits, -1 if it is not plain, and whether it has a plus sign. */
static inline int read_digits(const uint8_t *cell, int64_t size, const uint8_t *kinds, uint8_t *digits, int *plus) {
    int count = 0;
    *plus = 0;
    if (size > LONGEST_INPUT) return -1;
    for (int64_t place = 0; place < size; place++) {
        uint8_t kind = kinds[cell[place]];
        if (kind == DIGIT) {
            if (count == MOST_DIGITS) return -1;
            digits[count++] = (uint8_t)(cell[place] - '0');
        } else if (kind != PUNCTUATION) {
            if (kind == HARD || *plus || count) return -1;
            *plus = kind == PLUS;
        }
    }
    return count;
}

/* The plan of a number, which is left in number; -1 if the numpy code has to decide. */
static inline int32_t parsed(const Tables *tables, int32_t own, int plus, Digits *number) {
    int32_t code = 0, plan = own;
    if (plus) {
        if (!(code = take_code(tables, number))) return -1;
    } else {
        if (own < 0 || own >= tables->plans) return -1;
        int32_t end = walked(tables, tables->idd_start[own], *number);
        if (end >= 0 && (end == number->length || number->digits[end] != 0)) {
            number->digits += end;
            number->length -= end;
            if (number->length <= 2 || !(code = take_code(tables, number))) return -1;
        } else if (begins_with(tables, tables->plan_code[own], *number)) {
            int32_t size = tables->code_size[tables->plan_code[own]];
            Digits rest = {number->digits + size, number->length - size};
            if (!strip(tables, own, &rest)) return -1;
            int only_without = !is_viable(tables, own, *number) && is_viable(tables, own, rest);
            int8_t verdict = tables->length_result[(MOST_DIGITS + 1) * own + number->length];
            if (only_without || tables->verdicts[verdict] & TOO_LONG) {
                *number = rest;
                code = tables->plan_code[own];
            }
        }
    }
    if (!tables->paying[code ? code : tables->plan_code[own]]) return -1;
    if (code) plan = tables->main_plan[code];
    if (plan < 0 || plan >= tables->plans || number->length < 2) return -1;
    Digits rest = *number;
    if (!strip(tables, plan, &rest)) return -1;
    int8_t verdict = tables->length_result[(MOST_DIGITS + 1) * plan + rest.length];
    if (!(tables->verdicts[verdict] & PREFIX_STAYS)) *number = rest;
    return number->length < 2 || number->length > LONGEST_NSN ? -1 : plan;
}

static inline void write_e164(const Tables *tables, int32_t code, Digits number, uint8_t *text, int64_t *size, int64_t *value) {
    int64_t total = tables->code_size[code] + number.length, whole = 0;
    uint8_t *out = text;
    *out++ = '+';
    for (int place = 0; place < tables->code_size[code]; place++) {
        whole = whole * 10 + tables->code_digits[3 * code + place];
        *out++ = (uint8_t)('0' + tables->code_digits[3 * code + place]);
    }
    for (int place = 0; place < number.length; place++) {
        whole = total <= 18 ? whole * 10 + number.digits[place] : 0;
        *out++ = (uint8_t)('0' + number.digits[place]);
    }
    *size = total + 1;
    *value = total <= 18 ? whole : 0;
}

/* parse(tables, data, offsets, kinds, own, done, status, value, text, lengths, numbers): what engine.parse and
column._written tell of the rows that are decided here, which are marked in done; the arrays of the others are left as
they are. */
static PyObject *parse(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers arrays, buffers;
    PyObject *items[TABLES];
    if (given != 11 || PyTuple_Size(args[0]) != TABLES) return PyErr_Format(PyExc_TypeError, "11 arguments");
    for (int place = 0; place < TABLES; place++) items[place] = PyTuple_GetItem(args[0], place);
    if (take(&arrays, items, "rrrrrrrrrrrrrrrrrr") < 0) return NULL;
    if (take(&buffers, args + 1, "rrrrwwwwww") < 0) {
        release(&arrays);
        return NULL;
    }
#define TABLE(type, place) (const type *)arrays.views[place].buf
#define ENTRIES(place, type) ((int64_t)(arrays.views[place].len / (Py_ssize_t)sizeof(type)))
    Tables tables = {
        TABLE(int32_t, NEXT), TABLE(int32_t, VALUE), TABLE(int32_t, IDD_START), TABLE(int32_t, STRIP_START),
        TABLE(int32_t, VIABLE_START), TABLE(int32_t, STRIP_END), TABLE(int32_t, PLAN_CODE), TABLE(int32_t, MAIN_PLAN),
        TABLE(int32_t, NUMBER_START), TABLE(int32_t, CODE_OF), TABLE(int32_t, CODE_SIZE),
        TABLE(uint8_t, SETTLED), TABLE(uint8_t, STRIP_REWRITES), TABLE(uint8_t, PAYING), TABLE(uint8_t, CODE_DIGITS),
        TABLE(uint8_t, VERDICTS), TABLE(int8_t, LENGTH_RESULT), TABLE(int8_t, REASON), ENTRIES(PLAN_CODE, int32_t),
    };
    ARRAY(const uint8_t, data, 0); ARRAY(const int64_t, offsets, 1); ARRAY(const uint8_t, kinds, 2);
    ARRAY(const int32_t, own, 3); ARRAY(uint8_t, done, 4); ARRAY(int8_t, status, 5); ARRAY(int32_t, values, 6);
    ARRAY(uint8_t, text, 7); ARRAY(int64_t, lengths, 8); ARRAY(int64_t, numbers, 9);
    int64_t rows = COUNT(4, uint8_t), codes = ENTRIES(CODE_SIZE, int32_t), plans = tables.plans;
    int fits = COUNT(1, int64_t) == rows + 1 && COUNT(2, uint8_t) == 256 && COUNT(3, int32_t) == rows
        && COUNT(5, int8_t) == rows && COUNT(6, int32_t) == rows && COUNT(7, uint8_t) == WIDTH * rows
        && COUNT(8, int64_t) == rows && COUNT(9, int64_t) == rows
        && ENTRIES(NEXT, int32_t) == 16 * ENTRIES(SETTLED, uint8_t) && ENTRIES(VALUE, int32_t) == ENTRIES(SETTLED, uint8_t)
        && ENTRIES(IDD_START, int32_t) == plans && ENTRIES(STRIP_START, int32_t) == plans
        && ENTRIES(VIABLE_START, int32_t) == plans && ENTRIES(LENGTH_RESULT, int8_t) == (MOST_DIGITS + 1) * plans
        && ENTRIES(STRIP_END, int32_t) == ENTRIES(STRIP_REWRITES, uint8_t) && codes == 1000
        && ENTRIES(MAIN_PLAN, int32_t) == codes && ENTRIES(NUMBER_START, int32_t) == codes
        && ENTRIES(PAYING, uint8_t) == codes && ENTRIES(REASON, int8_t) == (LONGEST_NSN + 1) * codes
        && ENTRIES(CODE_OF, int32_t) == codes && ENTRIES(CODE_DIGITS, uint8_t) == 3 * codes
        && ENTRIES(VERDICTS, uint8_t) == 16;
    if (!fits || !inside(offsets, offsets + 1, rows, COUNT(0, uint8_t))) {
        release(&arrays);
        return refuse(&buffers);
    }
    Py_BEGIN_ALLOW_THREADS
    uint8_t digits[MOST_DIGITS + 4] = {0};
    for (int64_t row = 0; row < rows; row++) {
        int plus;
        int count = read_digits(data + offsets[row], offsets[row + 1] - offsets[row], kinds, digits, &plus);
        if (count < 3) continue;
        Digits number = {digits, count};
        int32_t plan = parsed(&tables, own[row], plus, &number);
        if (plan < 0) continue;
        int32_t code = tables.plan_code[plan];
        if (tables.number_start[code] < 0) continue;
        values[row] = walked(&tables, tables.number_start[code], number);
        status[row] = tables.reason[(LONGEST_NSN + 1) * code + number.length];
        write_e164(&tables, code, number, text + WIDTH * row, &lengths[row], &numbers[row]);
        done[row] = 1;
    }
    Py_END_ALLOW_THREADS
    release(&arrays);
    release(&buffers);
    Py_RETURN_NONE;
}

static inline int64_t home(int64_t number, uint64_t size) {
    uint64_t mixed = (uint64_t)number * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    mixed *= 0x9E3779B97F4A7C15u;
    return (int64_t)(((mixed >> 32) * size) >> 32);
}

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)0)
#endif
#define AHEAD 16

/* find(numbers, slack, wanted, places): the place of each wanted number in a NumberTable, or of the free one there. */
static PyObject *find(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 4) return PyErr_Format(PyExc_TypeError, "4 arguments");
    int64_t slack = PyLong_AsLongLong(args[1]);
    if (slack == -1 && PyErr_Occurred()) return NULL;
    PyObject *const arrays[] = {args[0], args[2], args[3]};
    if (take(&buffers, arrays, "rrw") < 0) return NULL;
    ARRAY(const int64_t, numbers, 0); ARRAY(const int64_t, wanted, 1); ARRAY(int64_t, places, 2);
    int64_t all = COUNT(0, int64_t), rows = COUNT(1, int64_t), over = 0;
    if (slack < 1 || all <= slack || all - slack > UINT32_MAX || COUNT(2, int64_t) != rows) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    uint64_t size = (uint64_t)(all - slack);
    for (int64_t row = 0; row < rows && !over; row++) {
        if (row + AHEAD < rows) PREFETCH(&numbers[home(wanted[row + AHEAD], size)]);
        int64_t place = home(wanted[row], size);
        while (place < all && numbers[place] && numbers[place] != wanted[row]) place++;
        places[row] = place;
        over = place >= all;
    }
    Py_END_ALLOW_THREADS
    if (over) return refuse(&buffers);
    release(&buffers);
    Py_RETURN_NONE;
}

/* insert(numbers, lines, marks, slack, new numbers, new lines, new marks, places): see NumberTable._insert. */
static PyObject *insert(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 8) return PyErr_Format(PyExc_TypeError, "8 arguments");
    int64_t slack = PyLong_AsLongLong(args[3]);
    if (slack == -1 && PyErr_Occurred()) return NULL;
    PyObject *const arrays[] = {args[0], args[1], args[2], args[4], args[5], args[6], args[7]};
    if (take(&buffers, arrays, "wwwrrrw") < 0) return NULL;
    ARRAY(int64_t, numbers, 0); ARRAY(uint32_t, lines, 1); ARRAY(uint16_t, marks, 2);
    ARRAY(const int64_t, wanted, 3); ARRAY(const uint32_t, new_lines, 4); ARRAY(const uint16_t, new_marks, 5);
    ARRAY(int64_t, places, 6);
    int64_t all = COUNT(0, int64_t), rows = COUNT(3, int64_t), over = 0;
    int fits = COUNT(1, uint32_t) == all && COUNT(2, uint16_t) == all && COUNT(4, uint32_t) == rows
        && COUNT(5, uint16_t) == rows && COUNT(6, int64_t) == rows;
    if (!fits || slack < 1 || all <= slack || all - slack > UINT32_MAX) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    uint64_t size = (uint64_t)(all - slack);
    for (int64_t row = 0; row < rows; row++) {
        if (row + AHEAD < rows) {
            int64_t ahead = home(wanted[row + AHEAD], size);
            PREFETCH(&numbers[ahead]);
            PREFETCH(&lines[ahead]);
            PREFETCH(&marks[ahead]);
        }
        int64_t place = home(wanted[row], size);
        while (place < all && numbers[place] && numbers[place] != wanted[row]) place++;
        if (place >= all) {
            over = 1;
            break;
        }
        if (!numbers[place]) {
            numbers[place] = wanted[row];
            lines[place] = new_lines[row];
            marks[place] = new_marks[row];
        }
        places[row] = place;
    }
    Py_END_ALLOW_THREADS
    if (over) return refuse(&buffers);
    release(&buffers);
    Py_RETURN_NONE;
}

#define METHOD(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef methods[] = {
    METHOD(join), METHOD(keep), METHOD(sums), METHOD(forms), METHOD(parse), METHOD(find), METHOD(insert),
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernels", NULL, 0, methods, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernels(void) { return PyModuleDef_Init(&module); }
