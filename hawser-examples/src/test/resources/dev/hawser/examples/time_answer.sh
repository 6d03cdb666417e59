# Answers one message on standard input, for socat to run: sh time_answer.sh TCP|UDP|LINE
stamp="[$(LC_ALL=C date '+%a %b %e %H:%M:%S %Y')] "
case $1 in
  TCP)
    # In two pieces: the stamp first.
    printf %s "$stamp"
    cat
    ;;
  UDP)
    # In one write, which is one datagram.
    printf %s%s "$stamp" "$(cat)"
    ;;
  LINE)
    printf %s "$stamp"
    head -n 1
    ;;
esac
