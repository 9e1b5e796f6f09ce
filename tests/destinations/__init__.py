"""Whether what is called ready is what each destination documents."""
