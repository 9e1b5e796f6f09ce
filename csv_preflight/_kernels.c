/* Loops over cells and digits for which numpy needs many passes.

Each function does what the numpy code beside its call does, to the byte; where no compiler was at hand, that code runs
instead. Arrays come as contiguous buffers, positions as int64. A buffer whose size does not fit, or a position outside
of its buffer, raises ValueError before anything is read or written there. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define MOST 16

typedef struct {
    Py_buffer views[MOST];
    int held;
} Buffers;

static void release(Buffers *buffers) {
    while (buffers->held) PyBuffer_Release(&buffers->views[--buffers->held]);
}

/* Take the buffers of a call; kinds: one letter for each, "r" to read, "w" to write. */
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

/* Short cells are the rule, and a call of memcpy for each costs more than the bytes. */
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

/* walk(next, flat, states, starts, lengths, settled): move each state along its digits. settled: which states no digit
changes any more; a walk ends there. */
static PyObject *walk(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 6) return PyErr_Format(PyExc_TypeError, "6 arguments");
    if (take(&buffers, args, "rrwrrr") < 0) return NULL;
    ARRAY(const int32_t, next, 0); ARRAY(const uint8_t, flat, 1); ARRAY(int32_t, states, 2);
    ARRAY(const int32_t, starts, 3); ARRAY(const int32_t, lengths, 4); ARRAY(const uint8_t, settled, 5);
    int64_t rows = COUNT(2, int32_t), size = COUNT(1, uint8_t), table = COUNT(5, uint8_t);
    int fits = COUNT(3, int32_t) == rows && COUNT(4, int32_t) == rows && COUNT(0, int32_t) == 16 * table;
    for (int64_t row = 0; fits && row < rows; row++)
        fits = states[row] >= 0 && states[row] < table
            && (lengths[row] <= 0 || (starts[row] >= 0 && (int64_t)starts[row] + lengths[row] <= size));
    if (!fits) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    for (int64_t row = 0; row < rows; row++) {
        int32_t state = states[row];
        const uint8_t *digit = flat + starts[row];
        for (int32_t left = lengths[row]; left > 0 && !settled[state]; left--) state = next[16 * state + (*digit++ & 15)];
        states[row] = state;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    Py_RETURN_NONE;
}

/* plain(data, offsets, kinds, digits, starts, lengths, first plus, odd) -> size: see engine._plain.
odd: 1 for a plus sign or another character where phonenumbers does not pass over it, 2 for bytes beyond ASCII. */
static PyObject *plain(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 8) return PyErr_Format(PyExc_TypeError, "8 arguments");
    if (take(&buffers, args, "rrrwwwww") < 0) return NULL;
    ARRAY(const uint8_t, data, 0); ARRAY(const int64_t, offsets, 1); ARRAY(const uint8_t, kinds, 2);
    ARRAY(uint8_t, digits, 3); ARRAY(int32_t, starts, 4); ARRAY(int32_t, lengths, 5);
    ARRAY(uint8_t, plus, 6); ARRAY(uint8_t, odd, 7);
    int64_t rows = COUNT(4, int32_t), size = COUNT(0, uint8_t), at = 0;
    int fits = COUNT(1, int64_t) == rows + 1 && COUNT(5, int32_t) == rows && COUNT(6, uint8_t) == rows
        && COUNT(7, uint8_t) == rows && COUNT(2, uint8_t) == 256 && COUNT(3, uint8_t) == size + 1
        && size < INT32_MAX;
    if (!fits || !inside(offsets, offsets + 1, rows, size)) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    for (int64_t row = 0; row < rows; row++) {
        int64_t first = at;
        uint8_t signs = 0, strange = 0;
        for (int64_t place = offsets[row]; place < offsets[row + 1]; place++) {
            uint8_t byte = data[place], kind = kinds[byte];
            digits[at] = (uint8_t)(byte - '0');
            at += kind == 1;
            if (kind >= 2) {
                if (kind == 2) {
                    strange |= signs || at > first;
                    signs = 1;
                } else {
                    strange |= kind == 4 || signs || at > first;
                    if (byte >= 128) strange |= 2;
                }
            }
        }
        starts[row] = (int32_t)first;
        lengths[row] = (int32_t)(at - first);
        plus[row] = signs;
        odd[row] = strange;
    }
    Py_END_ALLOW_THREADS
    release(&buffers);
    return PyLong_FromLongLong(at);
}

/* e164(flat, starts, lengths, codes, code sizes, code digits, text, totals, numbers): digits behind + and the calling
code, 24 bytes a row, and the number that they are, 0 for one of more than 18 digits. */
static PyObject *e164(PyObject *self, PyObject *const *args, Py_ssize_t given) {
    Buffers buffers;
    if (given != 9) return PyErr_Format(PyExc_TypeError, "9 arguments");
    if (take(&buffers, args, "rrrrrrwww") < 0) return NULL;
    ARRAY(const uint8_t, flat, 0); ARRAY(const int32_t, starts, 1); ARRAY(const int32_t, lengths, 2);
    ARRAY(const int32_t, codes, 3); ARRAY(const int32_t, code_sizes, 4); ARRAY(const uint8_t, code_digits, 5);
    ARRAY(uint8_t, text, 6); ARRAY(int64_t, totals, 7); ARRAY(int64_t, numbers, 8);
    int64_t rows = COUNT(1, int32_t), size = COUNT(0, uint8_t), known = COUNT(4, int32_t);
    int fits = COUNT(2, int32_t) == rows && COUNT(3, int32_t) == rows && COUNT(5, uint8_t) == 3 * known
        && COUNT(6, uint8_t) == 24 * rows && COUNT(7, int64_t) == rows && COUNT(8, int64_t) == rows;
    for (int64_t row = 0; fits && row < rows; row++)
        fits = lengths[row] >= 0 && lengths[row] <= 20 && starts[row] >= 0 && starts[row] + lengths[row] <= size
            && codes[row] >= 0 && codes[row] < known && code_sizes[codes[row]] >= 0 && code_sizes[codes[row]] <= 3;
    if (!fits) return refuse(&buffers);
    Py_BEGIN_ALLOW_THREADS
    for (int64_t row = 0; row < rows; row++) {
        uint8_t *out = text + 24 * row;
        int64_t number = 0, total = code_sizes[codes[row]] + lengths[row];
        memset(out, 0, 24);
        *out++ = '+';
        for (int32_t place = 0; place < code_sizes[codes[row]]; place++) {
            uint8_t digit = code_digits[3 * codes[row] + place];
            number = number * 10 + digit;
            *out++ = (uint8_t)('0' + digit);
        }
        const uint8_t *digit = flat + starts[row];
        for (int32_t place = 0; place < lengths[row]; place++) {
            if (total <= 18) number = number * 10 + digit[place];
            *out++ = (uint8_t)('0' + digit[place]);
        }
        totals[row] = total + 1;
        numbers[row] = total <= 18 ? number : 0;
    }
    Py_END_ALLOW_THREADS
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
    METHOD(join), METHOD(keep), METHOD(sums), METHOD(forms), METHOD(walk),
    METHOD(plain), METHOD(e164), METHOD(find), METHOD(insert), {NULL, NULL, 0, NULL},
};
static struct PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernels", NULL, 0, methods, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernels(void) { return PyModuleDef_Init(&module); }
