# The job in mawk. It knows no quotes: only for plain files.
BEGIN { FS = "," }
NR > 1 {
    q = substr($2, 1, 4) "-Q" int((substr($2, 6, 2) + 2) / 3)
    age = substr($2, 1, 4) - $8
    band = age < 15 ? "0-14" : age < 25 ? "15-24" : age < 35 ? "25-34" : age < 45 ? "35-44" : age < 55 ? "45-54" \
         : age < 65 ? "55-64" : "65+"
    d[q "\t" $3]++; c[q "\t" $4]++; p[q "\t" $6]++; k[q "\t" $5]++; s[q "\t" $7 "\t" band]++
}
END {
    for (i in d) print "direction\t" i "\t" d[i] > out
    for (i in c) print "citizenship\t" i "\t" c[i] > out
    for (i in p) print "purpose\t" i "\t" p[i] > out
    for (i in k) print "checkpoint\t" i "\t" k[i] > out
    for (i in s) print "sex-age\t" i "\t" s[i] > out
}
